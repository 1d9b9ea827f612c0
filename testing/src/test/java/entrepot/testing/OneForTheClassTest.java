package entrepot.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OneForTheClassTest {

    @RegisterExtension
    static final EntrepotExtension ENTREPOT =
            new EntrepotExtension().command(Program.COMMAND).seed(seed());

    private static Path seed() {
        try {
            var file = Files.createTempFile("seed", ".yaml");
            file.toFile().deleteOnExit();
            return Files.writeString(file, "repositories: [{name: team/app, tag-mutability: IMMUTABLE}]");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void makeAnother() {
        try (var ecr = Program.client(ENTREPOT.server())) {
            ecr.createRepository(request -> request.repositoryName("other"));
        }
    }

    @BeforeAll
    static void it_runs_before_the_class_s_own() {
        makeAnother();
    }

    @Test
    void a_test_finds_what_its_seed_says_and_what_was_made_before(EntrepotServer server) {
        try (var ecr = Program.client(server)) {
            assertThat(ecr.describeRepositories().repositories())
                    .extracting(it -> it.repositoryName() + " " + it.imageTagMutabilityAsString())
                    .containsExactly("other MUTABLE", "team/app IMMUTABLE");
        }
    }

    @AfterAll
    static void it_still_runs_at_the_end() {
        assertThat(ENTREPOT.server().endpoint().getPort()).isPositive();
    }
}
