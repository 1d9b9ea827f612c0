package entrepot.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCheckTest {

    @TempDir
    Path directory;

    @Test
    void every_fault_is_told_with_its_line_and_what_is_allowed() throws IOException {
        check("""
                port: 70000
                compat: docker
                limits:
                  repositories: 0
                  repos: 1
                blobs:
                  type: s3
                tls:
                  key: k
                events:
                  - type: file
                    path: /tmp/events
                  - type: webhook
                    sekret: s
                """, """
                FILE:13: events.1.url is missing
                FILE:6: blobs.bucket is needed for S3
                FILE:1: port: 70000 is not allowed; it must be a whole number from 0 to 65535
                FILE:8: tls: both tls.certificate and tls.key are needed
                FILE:2: compat: docker is not allowed; it must be oci or ecr
                FILE:4: limits.repositories: 0 is not allowed; it must be a whole number from 1 to 2147483647
                FILE:5: unknown key: limits.repos; there are images-per-repository, layer-bytes, layers-per-image,\
                 manifest-bytes, open-upload-bytes-per-principal, open-uploads-per-principal, parts-per-layer, repositories,\
                 tags-per-image, tags-per-resource
                """);
    }

    @Test
    void an_unknown_key_of_a_list_is_told_beside_those_that_there_are() throws IOException {
        check("""
                events:
                  - type: file
                    path: /tmp/events
                    mode: a
                """, """
                FILE:4: unknown key: events.0.mode; there are path, repositories, type, types
                """);
    }

    @Test
    void an_unknown_place_is_told_which_there_are() throws IOException {
        assertThat(ConfigCheck.problems(Map.of(), file("tsl: {key: k}")))
                .singleElement()
                .asString()
                .startsWith(file("tsl: {key: k}") + ":1: unknown key: tsl.key; there are account, ")
                .contains(", tls, ");
    }

    @Test
    void what_contradicts_itself_is_told_when_the_rest_is_right() throws IOException {
        check("""
                regions: [eu-west-1]
                region: us-east-1
                """, """
                FILE:2: region: us-east-1 is not one of regions
                """);
    }

    @Test
    void what_is_no_yaml_is_told_by_its_line() throws IOException {
        assertThat(ConfigCheck.problems(Map.of(), file("host: localhost\nport: [\n")))
                .singleElement()
                .asString()
                .startsWith(directory.resolve("entrepot.yaml") + ":2: ");
    }

    @Test
    void a_variable_beside_the_file_is_told_by_its_name() throws IOException {
        assertThat(ConfigCheck.problems(Map.of("ENTREPOT_PORT", "x", "ENTREPOT_PROT", "1"), file("port: 1")))
                .containsExactly(
                        "ENTREPOT_PORT: x is not allowed; it must be a whole number from 0 to 65535",
                        "unknown key: ENTREPOT_PROT");
    }

    @Test
    void a_file_that_is_not_there() {
        assertThat(ConfigCheck.problems(Map.of(), Path.of("none.yaml")))
                .containsExactly("none.yaml: there is no such file, or it cannot be read");
    }

    @Test
    void everything_that_can_be_said_is_right() throws IOException {
        assertThat(ConfigCheck.problems(Map.of(), file(EveryKey.FILE))).isEmpty();
    }

    @Test
    void the_defaults_are_a_configuration_and_change_nothing() throws IOException {
        var file = file(Defaults.yaml());

        assertThat(ConfigCheck.problems(Map.of(), file)).isEmpty();
        assertThat(Config.load(Map.of(), Map.of(), file)).isEqualTo(Config.load(Map.of(), Map.of(), null));
    }

    @Test
    void the_defaults_say_each_key_once() {
        var said = Defaults.yaml()
                .lines()
                .skip(2)
                .map(line -> line.replaceAll("[ #]|:.*", ""))
                .toList();
        assertThat(Config.keys().known())
                .allSatisfy(key -> assertThat(said).contains(key.substring(key.lastIndexOf('.') + 1)));
        assertThat(Defaults.yaml()).contains("\nport: 5000\n", "\ncompat: oci\n", "\naudit: off\n");
    }

    private void check(String yaml, String problems) throws IOException {
        var file = file(yaml);
        assertThat(ConfigCheck.problems(Map.of(), file))
                .containsExactlyElementsOf(problems.lines()
                        .map(line -> line.replace("FILE", file.toString()))
                        .toList());
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("entrepot.yaml"), yaml);
    }
}
