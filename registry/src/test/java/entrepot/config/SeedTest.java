package entrepot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.AccountId;
import entrepot.domain.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedTest {

    private static final String GOOD = """
            users:
              - name: ci
                access-key: {id: AKIAEXAMPLEEXAMPLEAA, secret-env: CI}
            repositories:
              - name: app
                tag-mutability: IMMUTABLE_WITH_EXCLUSION
                tag-mutability-exclusions: [latest, dev-*]
                scan-on-push: true
                tags: [{key: team, value: x}]
                policy-file: policy.json
                images:
                  - from: oci:layout
                    image: v1
                    tags: [v2, v3]
              - name: other
            """;

    @TempDir
    Path folder;

    private Seed read(String text) throws IOException {
        Files.writeString(folder.resolve("policy.json"), "{}");
        Files.writeString(folder.resolve("seed.yaml"), text);
        return Seed.read(folder.resolve("seed.yaml"), Map.of("CI", "a-secret-of-twenty-characters"));
    }

    @Test
    void files_are_beside_the_seed() throws Exception {
        var app = read(GOOD).repositories().getFirst();

        assertThat(app.policies().access()).isEqualTo("{}");
        assertThat(app.settings().exclusions()).containsExactly("latest", "dev-*");
        var image = app.images().getFirst();
        assertThat(image.path()).isEqualTo(folder.resolve("layout"));
        assertThat(image.only()).isEqualTo(new Tag("v1"));
        assertThat(image.tags()).containsExactly(new Tag("v2"), new Tag("v3"));
    }

    @Test
    void users_are_those_of_the_configured_account() throws Exception {
        var account = new AccountId("111122223333");

        assertThat(read(GOOD).accounts(account)).singleElement().satisfies(it -> {
            assertThat(it.id()).isEqualTo(account);
            assertThat(it.users()).hasSize(1);
        });
        assertThat(read("repositories:").accounts(account)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name: other            | name: app              | :15: repositories.1.name: app is there twice
            name: other            | nam: other             | :15: repositories.1.name is missing
            scan-on-push: true     | scan-on-push: yes      | :8: repositories.0.scan-on-push: yes is not allowed; it must be true or false
            scan-on-push           | scan-on-pull           | :8: unknown key: repositories.0.scan-on-pull
            from: oci:layout       | from: layout           | :12: repositories.0.images.0.from: layout is not allowed; it must be oci:DIR or docker-archive:FILE
            tags: [v2, v3]         | tags: [v2, 'a:b']      | :14: repositories.0.images.0.tags: a:b is not allowed; it must be a tag such as v1
            policy.json            | missing.json           | :10: repositories.0.policy-file: FOLDER/missing.json cannot be read
            secret-env: CI         | secret-env: CD         | :3: users.0.access-key.secret-env: CD is not set
            repositories:          | repositorys:           | :5: unknown key: repositorys.0.name
            tags: [v2, v3]         | tags: [v2, v3          | :15: while parsing a flow sequence
            """)
    void what_is_wrong_is_told_with_file_line_and_key(String right, String wrong, String words) {
        assertThatThrownBy(() -> read(GOOD.replaceFirst(Pattern.quote(right), wrong)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(folder.resolve("seed.yaml") + words.replace("FOLDER", folder.toString()));
    }
}
