package entrepot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.AccountId;
import entrepot.domain.Limits;
import entrepot.domain.RegistryAddress;
import entrepot.http.TlsSettings;
import java.io.IOException;
import java.net.URI;
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
            new Storage(Path.of("data"), new MetadataKind.Sqlite(), new BlobKind.Disk(), Keys.USUAL, 4L << 30),
            new Listening("127.0.0.1", 5000, null, false),
            new Reach(null, Set.of(), Set.of()),
            new Registries(new AccountId("000000000000"), "us-east-1", Set.of()),
            new Identities(Duration.ofHours(12), false, false, null, List.of()),
            new Rules(false, false, Duration.ofHours(24), Duration.ofHours(24), Limits.ECR),
            new Reports(Reports.LogFormat.TEXT, new Reports.Audit.Off()));

    private static final Keys AWS_KEYS = new Keys(
            new KeyServiceKind.Aws(
                    URI.create("https://kms.example"),
                    "eu-west-3",
                    new KeyServiceKind.Credentials("AKIAKEYS", Path.of("/etc/kms.secret"))),
            Duration.ZERO);

    private static final Config EVERYTHING = new Config(
            new Storage(
                    Path.of("/srv/registry"),
                    new MetadataKind.Postgres(
                            "jdbc:postgresql://a:5432,b/entrepot?targetServerType=primary",
                            "writer",
                            new Secret.InFile(Path.of("/run/pg"), "metadata.password-file"),
                            20,
                            new Secret.InFile(Path.of("/run/key"), "server-key-file")),
                    new BlobKind.Disk(),
                    AWS_KEYS,
                    8L << 30),
            new Listening(
                    "0.0.0.0",
                    0,
                    new TlsSettings(Path.of("/etc/tls/server.pem"), Path.of("/etc/tls/key.pem"), true),
                    true),
            new Reach(
                    new RegistryAddress("https", "registry.example:8443"),
                    Set.of("registry.example", "10.0.0.7:5000"),
                    Set.of("10.0.0.0/8", "::1")),
            new Registries(new AccountId("000000000012"), "eu-west-1", Set.of("eu-west-1", "eu-central-1")),
            new Identities(
                    Duration.ofMinutes(90),
                    true,
                    true,
                    new RootKey(
                            "AKIAABCDEFGHIJKLMNOP", new Secret.InFile(Path.of("/run/root"), "root-key.secret-file")),
                    List.of()),
            new Rules(
                    true,
                    true,
                    Duration.ofDays(7),
                    Duration.ofHours(6),
                    new Limits(
                            new Limits.OfRegistry(1, 2, 7),
                            new Limits.OfImage(3, 4),
                            new Limits.OfLayer(5, 6L << 40),
                            new Limits.OfPrincipal(9, 10),
                            8)),
            new Reports(Reports.LogFormat.JSON, new Reports.Audit.File(Path.of("/var/log/audit.json"))));

    private static final String FILE = """
            data: /srv/registry
            host: 0.0.0.0
            port: 0
            account: 000000000012
            region: eu-west-1
            regions: [eu-west-1, eu-central-1]
            public-url: https://registry.example:8443/
            public-hosts: [registry.example, "10.0.0.7:5000"]
            create-on-push: true
            sparse-manifests: true
            token-lifetime: 1h30m
            upload-expiry: P7D
            lifecycle: {interval: 6h}
            spool-bytes: 8589934592
            metadata:
              type: postgres
              url: jdbc:postgresql://a:5432,b/entrepot?targetServerType=primary
              user: writer
              password-file: /run/pg
              pool: 20
            server-key-file: /run/key
            root-key: {id: AKIAABCDEFGHIJKLMNOP, secret-file: /run/root}
            kms:
              type: aws
              endpoint: https://kms.example
              region: eu-west-3
              access-key-id: AKIAKEYS
              secret-access-key-file: /etc/kms.secret
              cache: 0
            limits:
              repositories: 1
              images-per-repository: 2
              tags-per-image: 3
              layers-per-image: 4
              parts-per-layer: 5
              layer-bytes: 6597069766656
              tags-per-resource: 7
              manifest-bytes: 8
              open-uploads-per-principal: 9
              open-upload-bytes-per-principal: 10
            log:
              format: json
            basic-access-keys: true
            anonymous-pull: true
            audit: /var/log/audit.json
            allow-plain-http: true
            trusted-proxies: [10.0.0.0/8, "::1"]
            tls:
              certificate: /etc/tls/server.pem
              key: /etc/tls/key.pem
              http2: true
            """;

    private static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("ENTREPOT_DATA", "/srv/registry"),
            Map.entry("ENTREPOT_HOST", "0.0.0.0"),
            Map.entry("ENTREPOT_PORT", "0"),
            Map.entry("ENTREPOT_ACCOUNT", "000000000012"),
            Map.entry("ENTREPOT_REGION", "eu-west-1"),
            Map.entry("ENTREPOT_REGIONS", "eu-west-1, eu-central-1"),
            Map.entry("ENTREPOT_PUBLIC_URL", "https://registry.example:8443"),
            Map.entry("ENTREPOT_PUBLIC_HOSTS", "registry.example,10.0.0.7:5000"),
            Map.entry("ENTREPOT_CREATE_ON_PUSH", "true"),
            Map.entry("ENTREPOT_TOKEN_LIFETIME", "90m"),
            Map.entry("ENTREPOT_UPLOAD_EXPIRY", "7d"),
            Map.entry("ENTREPOT_LIFECYCLE_INTERVAL", "6h"),
            Map.entry("ENTREPOT_SPOOL_BYTES", "8589934592"),
            Map.entry("ENTREPOT_METADATA_TYPE", "postgres"),
            Map.entry("ENTREPOT_METADATA_URL", "jdbc:postgresql://a:5432,b/entrepot?targetServerType=primary"),
            Map.entry("ENTREPOT_METADATA_USER", "writer"),
            Map.entry("ENTREPOT_METADATA_PASSWORD_FILE", "/run/pg"),
            Map.entry("ENTREPOT_METADATA_POOL", "20"),
            Map.entry("ENTREPOT_SERVER_KEY_FILE", "/run/key"),
            Map.entry("ENTREPOT_ROOT_KEY_ID", "AKIAABCDEFGHIJKLMNOP"),
            Map.entry("ENTREPOT_ROOT_KEY_SECRET_FILE", "/run/root"),
            Map.entry("ENTREPOT_KMS_TYPE", "aws"),
            Map.entry("ENTREPOT_KMS_ENDPOINT", "https://kms.example"),
            Map.entry("ENTREPOT_KMS_REGION", "eu-west-3"),
            Map.entry("ENTREPOT_KMS_ACCESS_KEY_ID", "AKIAKEYS"),
            Map.entry("ENTREPOT_KMS_SECRET_ACCESS_KEY_FILE", "/etc/kms.secret"),
            Map.entry("ENTREPOT_KMS_CACHE", "0s"),
            Map.entry("ENTREPOT_LIMITS_REPOSITORIES", "1"),
            Map.entry("ENTREPOT_LIMITS_IMAGES_PER_REPOSITORY", "2"),
            Map.entry("ENTREPOT_LIMITS_TAGS_PER_IMAGE", "3"),
            Map.entry("ENTREPOT_LIMITS_LAYERS_PER_IMAGE", "4"),
            Map.entry("ENTREPOT_LIMITS_PARTS_PER_LAYER", "5"),
            Map.entry("ENTREPOT_LIMITS_LAYER_BYTES", "6597069766656"),
            Map.entry("ENTREPOT_LIMITS_TAGS_PER_RESOURCE", "7"),
            Map.entry("ENTREPOT_LIMITS_MANIFEST_BYTES", "8"),
            Map.entry("ENTREPOT_LIMITS_OPEN_UPLOADS_PER_PRINCIPAL", "9"),
            Map.entry("ENTREPOT_LIMITS_OPEN_UPLOAD_BYTES_PER_PRINCIPAL", "10"),
            Map.entry("ENTREPOT_LOG_FORMAT", "json"),
            Map.entry("ENTREPOT_BASIC_ACCESS_KEYS", "true"),
            Map.entry("ENTREPOT_ANONYMOUS_PULL", "true"),
            Map.entry("ENTREPOT_AUDIT", "/var/log/audit.json"),
            Map.entry("ENTREPOT_ALLOW_PLAIN_HTTP", "true"),
            Map.entry("ENTREPOT_SPARSE_MANIFESTS", "true"),
            Map.entry("ENTREPOT_TLS_CERTIFICATE", "/etc/tls/server.pem"),
            Map.entry("ENTREPOT_TLS_KEY", "/etc/tls/key.pem"),
            Map.entry("ENTREPOT_TLS_HTTP2", "true"),
            Map.entry("ENTREPOT_TRUSTED_PROXIES", "10.0.0.0/8,::1"),
            Map.entry("ENTREPOT_CONFIG", "/etc/entrepot.yaml"),
            Map.entry("PATH", "/usr/bin"));

    @TempDir
    Path directory;

    @Test
    void nothing_set_serves_this_machine_from_a_folder_beside() {
        assertThat(Config.load(Map.of(), Map.of("PATH", "/usr/bin"), null)).isEqualTo(DEFAULTS);
    }

    @Test
    void the_file_sets_every_key() throws IOException {
        assertThat(fromFile(FILE)).isEqualTo(EVERYTHING);
    }

    @Test
    void the_environment_sets_every_key() {
        assertThat(Config.load(Map.of(), ENVIRONMENT, null)).isEqualTo(EVERYTHING);
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ENTREPOT_KMS_TYPE | vault                   | ENTREPOT_KMS_TYPE: vault is not allowed; it must be local, none or aws
            ENTREPOT_KMS_ACCESS_KEY_ID | AKIA           | kms.access-key-id and kms.secret-access-key-file go together
            ENTREPOT_KMS_SECRET_ACCESS_KEY_FILE | /a    | kms.access-key-id and kms.secret-access-key-file go together
            ENTREPOT_KMS_ENDPOINT | kms.example         | ENTREPOT_KMS_ENDPOINT: kms.example is not allowed; it must be an address such as https://kms.example.com
            ENTREPOT_KMS_REGION | Earth                 | ENTREPOT_KMS_REGION: Earth is not allowed; it must be a region such as us-east-1
            ENTREPOT_KMS_CACHE | -1s                    | ENTREPOT_KMS_CACHE: -1s is not allowed; it must be a duration such as 12h, 30m or PT12H
            """)
    void what_cannot_be_meant_of_a_key_service_is_refused(String variable, String value, String why) {
        assertThatThrownBy(() -> Config.load(Map.of(), Map.of(variable, value), null))
                .hasMessage(why);
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
            token-lifetime      | 12           | must be a duration such as 12h, 30m or PT12H
            token-lifetime      | 0h           | must be a duration such as 12h, 30m or PT12H
            upload-expiry       | -PT1H        | must be a duration such as 12h, 30m or PT12H
            token-lifetime      | 36525d1s     | must be a duration such as 12h, 30m or PT12H
            upload-expiry       | 99999999999d | must be a duration such as 12h, 30m or PT12H
            limits.repositories | 0            | must be a whole number from 1 to 2147483647
            spool-bytes         | 1000         | must be a whole number from 1073741824 to 9223372036854775807
            limits.layer-bytes  | 1.5          | must be a whole number from 1 to 9223372036854775807
            log.format          | xml          | must be text or json
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
    void a_default_region_that_is_not_served_is_refused() {
        refused("region: us-east-1 is not one of regions", () -> fromFile("{region: us-east-1, regions: [eu-west-1]}"));
    }

    @Test
    void a_file_that_cannot_be_understood_is_refused_in_one_line() {
        refused("no-such.yaml: there is no such file", () -> Config.load(Map.of(), Map.of(), Path.of("no-such.yaml")));
        refused("it must have keys and values", () -> fromFile("- port"));
        refused("port", () -> fromFile("port: 1\nport: 2"));
        refused("public-hosts must be a list of texts", () -> fromFile("public-hosts: [[a]]"));
        refused("entrepot.yaml: ", () -> fromFile("port: [\n"));
    }

    @Test
    void the_readme_lists_every_key() throws IOException {
        var sources = new Sources(Map.of(), Map.of(), Map.of());
        Config.read(sources, List.of());

        var rows = Pattern.compile("(?m)^\\| `([a-z0-9.-]+)` \\|")
                .matcher(Files.readString(Path.of("../README.md")))
                .results()
                .map(row -> row.group(1));
        assertThat(sources.known()).containsExactlyInAnyOrderElementsOf(rows.toList());
    }

    @Test
    void a_key_is_known_whatever_the_others_say() throws IOException {
        var nothing = new Sources(Map.of(), Map.of(), Map.of());
        Config.read(nothing, List.of());
        var everything = new Sources(Map.of(), ENVIRONMENT, Map.of());
        Config.read(everything, List.of());

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
