package entrepot.console;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.server.RunningServer;
import entrepot.store.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two servers, one database.
class SessionsOnNodesTest {

    private static final String HERE = "/console/us-east-1/repositories";

    @TempDir
    Path folder;

    private RunningServer start(String node, Map<String, String> database) throws IOException {
        var data = Files.createDirectories(folder.resolve(node));
        Files.createSymbolicLink(data.resolve("blobs"), folder.resolve("blobs"));
        return RunningServer.start(data, database);
    }

    @Test
    void whoever_signed_in_at_one_node_is_signed_in_at_all_and_signs_out_at_any() throws IOException {
        var database = TestStores.database(folder);
        Files.createDirectories(folder.resolve("blobs"));
        try (var first = start("a", database)) {
            Files.createDirectories(folder.resolve("b"));
            Files.copy(folder.resolve("a/credentials"), folder.resolve("b/credentials"));
            try (var second = start("b", database);
                    var here = Browser.root(first);
                    var there = new Browser(second)) {
                there.cookie = here.cookie;
                assertThat(there.get(HERE).statusCode()).isEqualTo(200);
                assertThat(there.submit(HERE, "/console/sign-out", Map.of()).statusCode())
                        .isEqualTo(303);
                assertThat(here.get(HERE).statusCode()).isEqualTo(303);
            }
        }
    }
}
