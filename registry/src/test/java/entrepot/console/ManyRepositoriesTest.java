package entrepot.console;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.AccountId;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.domain.TagMutability;
import entrepot.server.RunningServer;
import entrepot.store.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyRepositoriesTest {

    private static final String HERE = "/console/us-east-1/repositories";
    private static final RegistryId REGISTRY = new RegistryId(new AccountId("000000000000"), "us-east-1");
    private static final int COUNT = 12_000;
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    private static RunningServer server;
    private static Browser browser;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        RunningServer.start(data, Map.of()).close(); // so that the folder is one
        try (var metadata = TestStores.metadataIn(data)) {
            metadata.transact(tx -> {
                for (int i = 0; i < COUNT; i++) {
                    var name = new RepositoryName("%s/service-%05d".formatted("team-with-a-long-name".repeat(8), i));
                    tx.repositories().create(REGISTRY, name, TagMutability.MUTABLE, false, NOW.plusSeconds(i));
                }
                return COUNT;
            });
        }
        server = RunningServer.start(data, Map.of());
        browser = Browser.root(server);
    }

    @AfterAll
    static void stop() throws IOException {
        browser.close();
        server.close();
    }

    @Test
    void no_page_is_long_and_the_last_one_is_reached_by_its_name() {
        assertThat(browser.get(HERE).body())
                .contains("service-00000", "service-00039", "Next")
                .hasSizeLessThan(50_000);

        var team = "team-with-a-long-name".repeat(8);
        assertThat(browser.get(HERE + "?q=" + team + "/service-1199").body())
                .contains("service-11990", "service-11999")
                .doesNotContain("Next")
                .hasSizeLessThan(50_000);
    }

    @Test
    void a_part_of_a_name_is_looked_for_so_far_and_then_on() {
        var path = HERE + "?q=e-11&match=part";
        var page = browser.get(path).body();
        while (!page.contains("service-11000")) {
            assertThat(page).contains("Names were searched as far as ");
            var next = Pattern.compile("<a href=\"([^\"]*)\" class=\"next\"").matcher(page);
            assertThat(next.find()).isTrue();
            page = browser.get(next.group(1).replace("&amp;", "&")).body();
        }

        assertThat(page).contains("service-11000", "service-11039");
    }

    @Test
    void too_many_to_sort_are_shown_by_their_names_and_that_is_said() {
        assertThat(browser.get(HERE + "?sort=newest").body())
                .contains("In the order of names: there are more than 1,000 repositories.", "service-00000");
    }
}
