package entrepot.config;

import entrepot.domain.AccountId;
import entrepot.domain.CacheSettings;
import entrepot.domain.Compat;
import entrepot.domain.EventRules;
import entrepot.domain.GarbageRules;
import entrepot.domain.Limits;
import entrepot.domain.RegistryAddress;
import entrepot.domain.ScannerDatabase;
import entrepot.domain.ScannerRules;
import entrepot.domain.ScrubRules;
import entrepot.domain.Severity;
import entrepot.http.TlsSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A configuration that says something of every key, and the ways to say it.
final class EveryKey {

    static final Keys AWS_KEYS = new Keys(
            new KeyServiceKind.Aws(
                    URI.create("https://kms.example"),
                    "eu-west-3",
                    new KeyServiceKind.Credentials("AKIAKEYS", Path.of("/etc/kms.secret"))),
            Duration.ZERO);

    static final Config CONFIG = new Config(
            new Storage(
                    Path.of("/srv/registry"),
                    new MetadataKind.Postgres(
                            "jdbc:postgresql://a:5432,b/entrepot?targetServerType=primary",
                            "writer",
                            new Secret.InFile(Path.of("/run/pg"), "metadata.password-file"),
                            20,
                            new Secret.InFile(Path.of("/run/key"), "server-key-file"),
                            Duration.ofSeconds(10)),
                    new BlobKind.S3(
                            "layers",
                            "registry/",
                            URI.create("http://s3:9000"),
                            "eu-west-2",
                            true,
                            new BlobKind.Credentials(
                                    "AKIABLOBS", new Secret.InFile(Path.of("/run/s3"), "blobs.secret-access-key-file")),
                            true,
                            "STANDARD_IA",
                            Duration.ofSeconds(10)),
                    new ArchivePlace(null, "GLACIER_IR"),
                    AWS_KEYS,
                    8L << 30,
                    new ScrubRules(Duration.ofDays(30), 1_000_000)),
            new Listening(
                    "0.0.0.0",
                    0,
                    new TlsSettings(Path.of("/etc/tls/server.pem"), Path.of("/etc/tls/key.pem"), true),
                    true,
                    Duration.ZERO),
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
                    false,
                    List.of()),
            new Rules(
                    Compat.ECR,
                    true,
                    true,
                    Duration.ofDays(7),
                    Duration.ofHours(6),
                    new GarbageRules(false, Duration.ofHours(2), Duration.ofHours(1), Duration.ofSeconds(5), 100, 7),
                    Duration.ofDays(30),
                    new Limits(
                            new Limits.OfRegistry(1, 2, 7),
                            new Limits.OfImage(3, 4),
                            new Limits.OfLayer(5, 6L << 40),
                            new Limits.OfPrincipal(9, 10),
                            8),
                    new ScannerRules(
                            ScannerRules.Engine.GRYPE,
                            Path.of("/usr/bin/grype"),
                            new ScannerDatabase.Folder(Path.of("/srv/grype")),
                            Duration.ofMinutes(5),
                            2,
                            512L << 20,
                            true,
                            Severity.CRITICAL)),
            new Upstreams(
                    new CacheSettings(
                            Set.of("harbor.example.com", "localhost:5001"),
                            Map.of(
                                    "registry-1.docker.io", URI.create("http://127.0.0.1:5001"),
                                    "quay.io", URI.create("https://mirror.example")),
                            Duration.ofMinutes(10)),
                    Path.of("/etc/ca.pem")),
            new Reports(
                    Reports.LogFormat.JSON,
                    new Reports.Audit.File(Path.of("/var/log/audit.json")),
                    new Reports.Metrics("0.0.0.0", 9090),
                    new Told(List.of(), new EventRules(5_000, Duration.ofHours(36)))));

    static final String FILE = """
            data: /srv/registry
            host: 0.0.0.0
            port: 0
            account: 000000000012
            region: eu-west-1
            regions: [eu-west-1, eu-central-1]
            public-url: https://registry.example:8443/
            public-hosts:
              - registry.example
              - 10.0.0.7:5000
            create-on-push: true
            sparse-manifests: true
            token-lifetime: 1h30m
            upload-expiry: P7D
            lifecycle: {interval: 6h}
            gc:
              enabled: false
              grace: 2h
              download-grace: 1h
              interval: 5s
              batch: 100
              rate: 7
            pull-through:
              allowed: [harbor.example.com, "localhost:5001"]
              endpoints:
                - {upstream: registry-1.docker.io, url: "http://127.0.0.1:5001"}
                - {upstream: quay.io, url: "https://mirror.example/"}
              check-every: 10m
              ca-file: /etc/ca.pem
            scrub: {every: 30d, rate: 1000000}
            history: {keep: 30d}
            spool-bytes: 8589934592
            dependency-timeout: 10s
            metadata:
              type: postgres
              url: jdbc:postgresql://a:5432,b/entrepot?targetServerType=primary
              user: writer
              password-file: /run/pg
              pool: 20
            blobs:
              type: s3
              bucket: layers
              prefix: registry
              endpoint: http://s3:9000
              region: eu-west-2
              path-style: true
              access-key-id: AKIABLOBS
              secret-access-key-file: /run/s3
              redirect: true
              storage-class: STANDARD_IA
            archive: {storage-class: GLACIER_IR}
            server-key-file: /run/key
            root-key:
              id: AKIAABCDEFGHIJKLMNOP
              secret-file: /run/root
            kms:
              type: aws
              endpoint: https://kms.example
              region: eu-west-3
              access-key-id: AKIAKEYS
              secret-access-key-file: /etc/kms.secret
              cache: 0
            scanner:
              type: grype
              command: /usr/bin/grype
              database: /srv/grype
              timeout: 5m
              concurrency: 2
              memory: 512MiB
              sbom: true
              block-pull: CRITICAL
            compat: ecr
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
            event-queue: {events: 5000, keep: 36h}
            basic-access-keys: true
            console: false
            anonymous-pull: true
            audit: /var/log/audit.json
            allow-plain-http: true
            drain: 0
            metrics: {host: 0.0.0.0, port: 9090}
            trusted-proxies: [10.0.0.0/8, "::1"]
            tls:
              certificate: /etc/tls/server.pem
              key: /etc/tls/key.pem
              http2: true
            """;

    static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("ENTREPOT_DATA", "/srv/registry"),
            Map.entry("ENTREPOT_HOST", "0.0.0.0"),
            Map.entry("ENTREPOT_PORT", "0"),
            Map.entry("ENTREPOT_ACCOUNT", "000000000012"),
            Map.entry("ENTREPOT_REGION", "eu-west-1"),
            Map.entry("ENTREPOT_REGIONS", "eu-west-1, eu-central-1"),
            Map.entry("ENTREPOT_PUBLIC_URL", "https://registry.example:8443"),
            Map.entry("ENTREPOT_PUBLIC_HOSTS", "registry.example,10.0.0.7:5000"),
            Map.entry("ENTREPOT_COMPAT", "ecr"),
            Map.entry("ENTREPOT_CREATE_ON_PUSH", "true"),
            Map.entry("ENTREPOT_TOKEN_LIFETIME", "90m"),
            Map.entry("ENTREPOT_UPLOAD_EXPIRY", "7d"),
            Map.entry("ENTREPOT_LIFECYCLE_INTERVAL", "6h"),
            Map.entry("ENTREPOT_GC_ENABLED", "false"),
            Map.entry("ENTREPOT_GC_GRACE", "2h"),
            Map.entry("ENTREPOT_GC_DOWNLOAD_GRACE", "1h"),
            Map.entry("ENTREPOT_GC_INTERVAL", "5s"),
            Map.entry("ENTREPOT_GC_BATCH", "100"),
            Map.entry("ENTREPOT_GC_RATE", "7"),
            Map.entry("ENTREPOT_PULL_THROUGH_ALLOWED", "harbor.example.com,localhost:5001"),
            Map.entry(
                    "ENTREPOT_PULL_THROUGH_ENDPOINTS",
                    "registry-1.docker.io=http://127.0.0.1:5001, quay.io=https://mirror.example"),
            Map.entry("ENTREPOT_PULL_THROUGH_CHECK_EVERY", "10m"),
            Map.entry("ENTREPOT_PULL_THROUGH_CA_FILE", "/etc/ca.pem"),
            Map.entry("ENTREPOT_SCRUB_EVERY", "30d"),
            Map.entry("ENTREPOT_SCRUB_RATE", "1000000"),
            Map.entry("ENTREPOT_HISTORY_KEEP", "30d"),
            Map.entry("ENTREPOT_SPOOL_BYTES", "8589934592"),
            Map.entry("ENTREPOT_DEPENDENCY_TIMEOUT", "PT10S"),
            Map.entry("ENTREPOT_METADATA_TYPE", "postgres"),
            Map.entry("ENTREPOT_METADATA_URL", "jdbc:postgresql://a:5432,b/entrepot?targetServerType=primary"),
            Map.entry("ENTREPOT_METADATA_USER", "writer"),
            Map.entry("ENTREPOT_METADATA_PASSWORD_FILE", "/run/pg"),
            Map.entry("ENTREPOT_METADATA_POOL", "20"),
            Map.entry("ENTREPOT_BLOBS_TYPE", "s3"),
            Map.entry("ENTREPOT_BLOBS_BUCKET", "layers"),
            Map.entry("ENTREPOT_BLOBS_PREFIX", "registry/"),
            Map.entry("ENTREPOT_BLOBS_ENDPOINT", "http://s3:9000"),
            Map.entry("ENTREPOT_BLOBS_REGION", "eu-west-2"),
            Map.entry("ENTREPOT_BLOBS_PATH_STYLE", "true"),
            Map.entry("ENTREPOT_BLOBS_ACCESS_KEY_ID", "AKIABLOBS"),
            Map.entry("ENTREPOT_BLOBS_SECRET_ACCESS_KEY_FILE", "/run/s3"),
            Map.entry("ENTREPOT_BLOBS_REDIRECT", "true"),
            Map.entry("ENTREPOT_BLOBS_STORAGE_CLASS", "STANDARD_IA"),
            Map.entry("ENTREPOT_ARCHIVE_STORAGE_CLASS", "GLACIER_IR"),
            Map.entry("ENTREPOT_SERVER_KEY_FILE", "/run/key"),
            Map.entry("ENTREPOT_ROOT_KEY_ID", "AKIAABCDEFGHIJKLMNOP"),
            Map.entry("ENTREPOT_ROOT_KEY_SECRET_FILE", "/run/root"),
            Map.entry("ENTREPOT_KMS_TYPE", "aws"),
            Map.entry("ENTREPOT_KMS_ENDPOINT", "https://kms.example"),
            Map.entry("ENTREPOT_KMS_REGION", "eu-west-3"),
            Map.entry("ENTREPOT_KMS_ACCESS_KEY_ID", "AKIAKEYS"),
            Map.entry("ENTREPOT_KMS_SECRET_ACCESS_KEY_FILE", "/etc/kms.secret"),
            Map.entry("ENTREPOT_KMS_CACHE", "0s"),
            Map.entry("ENTREPOT_SCANNER_TYPE", "grype"),
            Map.entry("ENTREPOT_SCANNER_COMMAND", "/usr/bin/grype"),
            Map.entry("ENTREPOT_SCANNER_DATABASE", "/srv/grype"),
            Map.entry("ENTREPOT_SCANNER_TIMEOUT", "300s"),
            Map.entry("ENTREPOT_SCANNER_CONCURRENCY", "2"),
            Map.entry("ENTREPOT_SCANNER_MEMORY", "536870912"),
            Map.entry("ENTREPOT_SCANNER_SBOM", "true"),
            Map.entry("ENTREPOT_SCANNER_BLOCK_PULL", "CRITICAL"),
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
            Map.entry("ENTREPOT_EVENT_QUEUE_EVENTS", "5000"),
            Map.entry("ENTREPOT_EVENT_QUEUE_KEEP", "36h"),
            Map.entry("ENTREPOT_BASIC_ACCESS_KEYS", "true"),
            Map.entry("ENTREPOT_CONSOLE", "false"),
            Map.entry("ENTREPOT_ANONYMOUS_PULL", "true"),
            Map.entry("ENTREPOT_AUDIT", "/var/log/audit.json"),
            Map.entry("ENTREPOT_ALLOW_PLAIN_HTTP", "true"),
            Map.entry("ENTREPOT_DRAIN", "0s"),
            Map.entry("ENTREPOT_METRICS_HOST", "0.0.0.0"),
            Map.entry("ENTREPOT_METRICS_PORT", "9090"),
            Map.entry("ENTREPOT_SPARSE_MANIFESTS", "true"),
            Map.entry("ENTREPOT_TLS_CERTIFICATE", "/etc/tls/server.pem"),
            Map.entry("ENTREPOT_TLS_KEY", "/etc/tls/key.pem"),
            Map.entry("ENTREPOT_TLS_HTTP2", "true"),
            Map.entry("ENTREPOT_TRUSTED_PROXIES", "10.0.0.0/8,::1"),
            Map.entry("ENTREPOT_CONFIG", "/etc/entrepot.yaml"),
            Map.entry("PATH", "/usr/bin"));

    private EveryKey() {}
}
