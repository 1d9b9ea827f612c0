package entrepot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.AccountId;
import entrepot.domain.CacheSettings;
import entrepot.domain.Compat;
import entrepot.domain.GarbageRules;
import entrepot.domain.Limits;
import entrepot.domain.ScannerDatabase;
import entrepot.domain.ScannerRules;
import entrepot.domain.ScrubRules;
import entrepot.domain.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {

    private static final Config DEFAULTS = new Config(
            new Storage(
                    Path.of("data"),
                    new MetadataKind.Sqlite(),
                    new BlobKind.Disk(),
                    ArchivePlace.NONE,
                    Keys.USUAL,
                    4L << 30,
                    ScrubRules.OFF),
            new Listening("127.0.0.1", 5000, null, false, Duration.ofSeconds(5)),
            new Reach(null, Set.of(), Set.of()),
            new Registries(new AccountId("000000000000"), "us-east-1", Set.of()),
            new Identities(Duration.ofHours(12), false, false, null, true, List.of()),
            new Rules(
                    Compat.OCI,
                    false,
                    false,
                    Duration.ofHours(24),
                    Duration.ofHours(24),
                    GarbageRules.USUAL,
                    Duration.ZERO,
                    Limits.ECR,
                    ScannerRules.NONE),
            new Upstreams(CacheSettings.USUAL, null),
            new Reports(Reports.LogFormat.TEXT, new Reports.Audit.Off(), null, Told.USUAL));

    @TempDir
    Path directory;

    @Test
    void nothing_set_serves_this_machine_from_a_folder_beside() {
        assertThat(Config.load(Map.of(), Map.of("PATH", "/usr/bin"), null)).isEqualTo(DEFAULTS);
    }

    @Test
    void the_file_sets_every_key() throws IOException {
        assertThat(fromFile(EveryKey.FILE)).isEqualTo(EveryKey.CONFIG);
    }

    @Test
    void the_environment_sets_every_key() {
        assertThat(Config.load(Map.of(), EveryKey.ENVIRONMENT, null)).isEqualTo(EveryKey.CONFIG);
    }

    @Test
    void a_flag_goes_before_the_environment_before_the_file_before_the_default() throws IOException {
        var file = file("{data: file, host: 127.0.0.3, port: 3}");

        var config = Config.load(
                Map.of("data", "flag"), Map.of("ENTREPOT_DATA", "variable", "ENTREPOT_HOST", "127.0.0.2"), file);

        assertThat(config.storage().data()).isEqualTo(Path.of("flag"));
        assertThat(config.listening().host()).isEqualTo("127.0.0.2");
        assertThat(config.listening().port()).isEqualTo(3);
        assertThat(config.registries().account()).hasToString("000000000000");
    }

    @Test
    void a_blank_value_is_not_set() throws IOException {
        assertThat(Config.load(Map.of(), Map.of("ENTREPOT_PORT", " "), file("public-url:\nhost: ''")))
                .isEqualTo(DEFAULTS);
    }

    @Test
    void an_empty_file_sets_nothing() throws IOException {
        assertThat(fromFile("# nothing yet\n")).isEqualTo(DEFAULTS);
    }

    @Test
    void the_first_of_the_regions_served_is_the_default_one() throws IOException {
        assertThat(fromFile("regions: [eu-west-1]").registries().region()).isEqualTo("eu-west-1");
    }

    @Test
    void unknown_keys_are_refused_by_name_whatever_brings_them() {
        refused("unknown key: limits.repos, prot", () -> fromFile("{prot: 1, limits: {repos: }}"));
        refused("unknown key: ENTREPOT_PROT", () -> Config.load(Map.of(), Map.of("ENTREPOT_PROT", ""), null));
        refused("unknown key: prot", () -> Config.load(Map.of("prot", "1"), Map.of(), null));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            port                | 65536        | must be a whole number from 0 to 65535
            port                | http         | must be a whole number from 0 to 65535
            host                | example.org  | must be an IP address or localhost
            account             | 12           | must be twelve digits
            region              | Europe       | must be a region such as eu-west-1
            regions             | eu-west-1,   | must be a region such as eu-west-1
            public-url          | localhost    | must be http:// or https:// and a host, with or without a port
            public-url          | http://a/b   | must be http:// or https:// and a host, with or without a port
            public-url          | ftp://a      | must be http:// or https:// and a host, with or without a port
            public-hosts        | http://a     | must be a host, with or without a port
            create-on-push      | yes          | must be true or false
            compat              | docker       | must be oci or ecr
            token-lifetime      | 12           | must be a duration such as 12h, 30m or PT12H
            token-lifetime      | 0h           | must be a duration such as 12h, 30m or PT12H
            upload-expiry       | -PT1H        | must be a duration such as 12h, 30m or PT12H
            token-lifetime      | 36525d1s     | must be a duration such as 12h, 30m or PT12H
            upload-expiry       | 99999999999d | must be a duration such as 12h, 30m or PT12H
            limits.repositories | 0            | must be a whole number from 1 to 2147483647
            spool-bytes         | 1000         | must be a whole number from 1073741824 to 9223372036854775807
            dependency-timeout  | 2s           | must be at least 3s
            limits.layer-bytes  | 1.5          | must be a whole number from 1 to 9223372036854775807
            log.format          | xml          | must be text or json
            drain               | -1s          | must be a duration such as 12h, 30m or PT12H
            metrics.host        | example.org  | must be an IP address or localhost
            scanner.type        | clair        | must be none, trivy or grype
            scanner.database    | oci://h/a    | must be a folder, or oci://HOST/REPOSITORY:TAG
            scanner.database    | oci://h/a//b:c | must be a folder, or oci://HOST/REPOSITORY:TAG
            scanner.database    | oci://:1/a:b | must be a folder, or oci://HOST/REPOSITORY:TAG
            scanner.memory      | 1 GB         | must be a number of bytes such as 512MiB or 1GiB
            scanner.memory      | 63MiB        | must be at least 64MiB
            scanner.block-pull  | SEVERE       | must be one of CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL, UNDEFINED
            metrics.port        | 65536        | must be a whole number from 0 to 65535
            trusted-proxies     | proxy        | must be an IP address, or one and a slash and a number of bits
            """)
    void a_bad_value_is_refused_by_key_and_value(String key, String value, String form) {
        var text = value.endsWith(",") ? value + " x" : value;
        var variable = Sources.variable(key);

        refused(
                "%s: %s is not allowed; it %s".formatted(variable, text, form),
                () -> Config.load(Map.of(), Map.of(variable, text), null));
    }

    @Test
    void a_bad_value_is_named_as_its_source_spells_the_key() {
        refused("--port: x is not allowed", () -> Config.load(Map.of("port", "x"), Map.of(), null));
        refused("log.format: xml is not allowed", () -> fromFile("log: {format: xml}"));
    }

    @Test
    void other_machines_are_served_only_when_plain_http_is_allowed() throws IOException {
        refused("host: 0.0.0.0 can be reached from other machines", () -> fromFile("host: 0.0.0.0"));
        refused("host: :: can be reached from other machines", () -> fromFile("host: '::'"));
        assertThat(fromFile("host: '::1'").listening().host()).isEqualTo("::1");
        assertThat(fromFile("host: localhost").listening().host()).isEqualTo("localhost");
        assertThat(fromFile("{host: 0.0.0.0, allow-plain-http: true}")
                        .listening()
                        .host())
                .isEqualTo("0.0.0.0");
    }

    @Test
    void other_machines_are_served_over_tls() throws IOException {
        assertThat(fromFile("{host: 0.0.0.0, tls: {certificate: c, key: k}}")
                        .listening()
                        .host())
                .isEqualTo("0.0.0.0");
        refused("set tls.certificate and tls.key, or allow-plain-http: true", () -> fromFile("host: 0.0.0.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"certificate: c", "key: k", "http2: true"})
    void half_of_tls_is_refused(String half) {
        refused("both tls.certificate and tls.key are needed", () -> fromFile("tls: {" + half + "}"));
    }

    @Test
    void the_address_follows_tls_where_nothing_else_is_configured() throws IOException {
        var plain = fromFile("{}");
        var encrypted = fromFile("tls: {certificate: c, key: k}");
        var configured = fromFile("{public-url: 'http://registry.example', tls: {certificate: c, key: k}}");

        assertThat(plain.address(5000).endpoint()).isEqualTo("http://localhost:5000");
        assertThat(plain.reach().address("https", 5000).endpoint()).isEqualTo("https://localhost:5000");
        assertThat(encrypted.address(5000).endpoint()).isEqualTo("https://localhost:5000");
        assertThat(configured.reach().address("https", 5000).endpoint()).isEqualTo("http://registry.example");
    }

    @Test
    void the_audit_goes_nowhere_to_the_output_or_to_a_file() throws IOException {
        assertThat(fromFile("audit: off").reports().audit()).isEqualTo(new Reports.Audit.Off());
        assertThat(fromFile("audit: stdout").reports().audit()).isEqualTo(new Reports.Audit.Stdout());
        assertThat(fromFile("audit: ./audit.log").reports().audit())
                .isEqualTo(new Reports.Audit.File(Path.of("./audit.log")));
    }

    @Test
    void a_scanner_has_a_program_and_a_database() {
        refused("scanner.type needs scanner.command", () -> fromFile("scanner: {type: grype, database: /d}"));
        refused("scanner.type needs scanner.database", () -> fromFile("scanner: {type: trivy, command: /t}"));
    }

    @Test
    void a_scanners_database_lies_in_a_folder_or_in_a_registry() throws IOException {
        var file = "scanner: {type: trivy, command: /t, database: \"%s\"}";
        assertThat(fromFile(file.formatted("/srv/oci")).rules().scanner().database())
                .isEqualTo(new ScannerDatabase.Folder(Path.of("/srv/oci")));
        assertThat(fromFile(file.formatted("oci://localhost:5000/a/trivy-db:2"))
                        .rules()
                        .scanner()
                        .database())
                .isEqualTo(new ScannerDatabase.Artifact("localhost:5000", "a/trivy-db", new Tag("2")));
    }

    @Test
    void a_default_region_that_is_not_served_is_refused() {
        refused("region: us-east-1 is not one of regions", () -> fromFile("{region: us-east-1, regions: [eu-west-1]}"));
    }

    @Test
    void what_is_asked_in_the_place_of_another_registry_has_a_host_and_an_address() {
        refused(
                "pull-through.endpoints.0.url is missing",
                () -> fromFile("pull-through: {endpoints: [{upstream: a}]}"));
        refused(
                "unknown key: pull-through.endpoints.0.password",
                () -> fromFile("pull-through: {endpoints: [{upstream: a, url: 'http://b', password: c}]}"));
        refused(
                "must be http:// or https:// and a host",
                () -> fromFile("pull-through: {endpoints: [{upstream: a, url: 'http://b/c'}]}"));
        refused(
                "must be a host, an equals sign and an address",
                () -> fromFile("pull-through: {endpoints: [{upstream: 'a/b', url: 'http://b'}]}"));
    }

    @Test
    void a_file_that_cannot_be_understood_is_refused_in_one_line() {
        refused("no-such.yaml: there is no such file", () -> Config.load(Map.of(), Map.of(), Path.of("no-such.yaml")));
        refused("it must have keys and values", () -> fromFile("- port"));
        refused("port", () -> fromFile("port: 1\nport: 2"));
        refused("public-hosts must be a list of texts", () -> fromFile("public-hosts: [[a]]"));
        refused("entrepot.yaml:1: ", () -> fromFile("port: [\n"));
    }

    @Test
    void the_readme_lists_every_key() throws IOException {
        var sources = new Sources(Map.of(), Map.of(), Map.of());
        Config.read(sources, List.of(), List.of(), ReplicationPeers.NONE, SigningProfiles.NONE);

        var rows = Pattern.compile("(?m)^\\| `([a-z0-9.-]+)` \\|")
                .matcher(Files.readString(Path.of("../README.md")))
                .results()
                .map(row -> row.group(1));
        assertThat(sources.known()).containsExactlyInAnyOrderElementsOf(rows.toList());
    }

    @Test
    void a_key_is_known_whatever_the_others_say() throws IOException {
        var nothing = new Sources(Map.of(), Map.of(), Map.of());
        Config.read(nothing, List.of(), List.of(), ReplicationPeers.NONE, SigningProfiles.NONE);
        var everything = new Sources(Map.of(), EveryKey.ENVIRONMENT, Map.of());
        Config.read(everything, List.of(), List.of(), ReplicationPeers.NONE, SigningProfiles.NONE);

        assertThat(everything.known()).isEqualTo(nothing.known());
    }

    private interface Loading {
        Config load() throws IOException;
    }

    private static void refused(String text, Loading loading) {
        assertThatThrownBy(loading::load)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(text)
                .message()
                .doesNotContain("\n");
    }

    private Config fromFile(String yaml) throws IOException {
        return Config.load(Map.of(), Map.of(), file(yaml));
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("entrepot.yaml"), yaml);
    }
}
