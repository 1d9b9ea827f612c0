package entrepot.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OneForEachTest {

    @RegisterExtension
    final EntrepotExtension entrepot = new EntrepotExtension().command(Program.COMMAND);

    @RepeatedTest(2)
    void nothing_is_left_of_the_one_before(EntrepotServer server) {
        try (var ecr = Program.client(server)) {
            assertThat(ecr.describeRepositories().repositories()).isEmpty();
            ecr.createRepository(request -> request.repositoryName("app"));
        }
    }

    @Test
    void one_that_does_not_start_is_told() {
        assertThatThrownBy(() -> EntrepotServer.start(Program.COMMAND, Path.of("missing.yaml")))
                .isInstanceOf(IOException.class)
                .hasMessage("entrepot did not start");
    }
}
