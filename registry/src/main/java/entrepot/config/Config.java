package entrepot.config;

import entrepot.domain.Limits;
import entrepot.domain.RegistryAddress;
import entrepot.domain.RegistryId;
import entrepot.http.TlsSettings;
import entrepot.http.TrustedProxies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What can be configured. A component's name in kebab case is its key; README.md has the table of all keys.
///
/// @param data the folder that holds everything
/// @param host the address to listen on
/// @param port the port to listen on; 0 takes any free one
/// @param account the account of the root principal and of callers without a credential; twelve digits
/// @param region the region of callers without a credential
/// @param regions the regions served; empty for every name of AWS's form
/// @param publicUrl where clients reach this server; null for `http://localhost:` and the port
/// @param publicHosts hosts that clients may call this server by, each with or without a port
/// @param createOnPush whether a push makes the repository that is not there
/// @param sparseManifests whether manifests may name what their repository does not have
/// @param tokenLifetime of a registry token
/// @param uploadExpiry how long an upload that nothing touches stays open
/// @param spoolBytes what bodies and answers may take of the disk together while their requests go on
/// @param basicAccessKeys whether `/v2` takes an access key's id and secret as user and password
/// @param anonymousPull whether whoever does not log in may pull what a policy opens to all
/// @param audit where every decision is written
/// @param allowPlainHttp whether to listen beyond loopback although nothing encrypts the way there
/// @param trustedProxies addresses and networks of proxies that say who a client is
/// @param tls null for plain HTTP
/// @param accounts those that are to be made, with their users
public record Config(
        Path data,
        String host,
        int port,
        String account,
        String region,
        Set<String> regions,
        @Nullable RegistryAddress publicUrl,
        Set<String> publicHosts,
        boolean createOnPush,
        boolean sparseManifests,
        Duration tokenLifetime,
        Duration uploadExpiry,
        long spoolBytes,
        Limits limits,
        Log log,
        boolean basicAccessKeys,
        boolean anonymousPull,
        Audit audit,
        boolean allowPlainHttp,
        Set<String> trustedProxies,
        @Nullable TlsSettings tls,
        List<Declarations.Account> accounts) {

    /// Of which the largest body and the largest answer find room.
    private static final long LEAST_SPOOL = 1L << 30;

    private static final String DEFAULT_REGION = "us-east-1";

    /// How the log is written.
    public record Log(Format format) {
        /// One line of text for each event, or one JSON object.
        public enum Format {
            TEXT,
            JSON
        }
    }

    /// Where every decision is written.
    public sealed interface Audit {

        record Off() implements Audit {}

        record Stdout() implements Audit {}

        record File(Path path) implements Audit {}
    }

    public Config {
        regions = Set.copyOf(regions);
        publicHosts = Set.copyOf(publicHosts);
        trustedProxies = Set.copyOf(trustedProxies);
        accounts = List.copyOf(accounts);
    }

    /// Reads the configuration: a flag before an environment variable before the file before the default.
    ///
    /// @param flags by key
    /// @param environment all of it; only names that begin with `ENTREPOT_` are looked at
    /// @param file YAML, or null for none
    /// @throws ConfigException if a key is unknown or a value is bad
    public static Config load(Map<String, String> flags, Map<String, String> environment, @Nullable Path file) {
        var values = file == null ? new HashMap<String, String>() : ConfigFile.read(file);
        var accounts = Declarations.take(values, environment);
        var settings = new Settings(flags, environment, values);
        var config = read(settings, accounts);
        settings.refuseUnknown();
        config.refuseContradictions();
        return config;
    }

    static Config read(Settings settings, List<Declarations.Account> accounts) {
        var regions = settings.list("regions", "a region such as eu-west-1", RegistryId::isRegion);
        return new Config(
                settings.value("data", Path.of("data"), Path::of),
                settings.text("host", "127.0.0.1", "an IP address or localhost", ListenHost::isListenHost),
                settings.number("port", 5000, 0, 65_535),
                settings.text("account", "000000000000", "twelve digits", RegistryId::isAccount),
                settings.text("region", defaultRegion(regions), "a region such as eu-west-1", RegistryId::isRegion),
                regions,
                settings.optional("public-url", PublicUrl::parse).orElse(null),
                settings.list("public-hosts", "a host, with or without a port", PublicUrl::isHost),
                settings.flag("create-on-push", false),
                settings.flag("sparse-manifests", false),
                settings.value("token-lifetime", Duration.ofHours(12), Durations::parse),
                settings.value("upload-expiry", Duration.ofHours(24), Durations::parse),
                settings.number("spool-bytes", 4L << 30, LEAST_SPOOL, Long.MAX_VALUE),
                limits(settings, Limits.ECR),
                new Log(settings.value("log.format", Log.Format.TEXT, Config::format)),
                settings.flag("basic-access-keys", false),
                settings.flag("anonymous-pull", false),
                settings.value("audit", new Audit.Off(), Config::audit),
                settings.flag("allow-plain-http", false),
                settings.list(
                        "trusted-proxies",
                        "an IP address, or one and a slash and a number of bits",
                        TrustedProxies::isNetwork),
                tls(settings),
                accounts);
    }

    /// Where clients reach the server, unless a name that they call it by is known.
    ///
    /// @param scheme how a client came, for where nothing is configured
    public RegistryAddress address(String scheme, int port) {
        return publicUrl == null ? new RegistryAddress(scheme, "localhost:" + port) : publicUrl;
    }

    /// `https` with TLS, else `http`.
    public String scheme() {
        return tls == null ? "http" : "https";
    }

    /// Where clients of this machine reach the server, unless more is configured.
    public RegistryAddress address(int port) {
        return address(scheme(), port);
    }

    /// Proxies that are believed, and what clients call this server behind them.
    public TrustedProxies proxies() {
        var names = new HashSet<>(publicHosts);
        if (publicUrl != null) {
            names.add(publicUrl.host());
        }
        return TrustedProxies.of(trustedProxies).naming(names);
    }

    /// The registry of the root principal, and of callers without a credential.
    public RegistryId registry() {
        return new RegistryId(account, region);
    }

    private static @Nullable TlsSettings tls(Settings settings) {
        var certificate = settings.optional("tls.certificate", Path::of).orElse(null);
        var key = settings.optional("tls.key", Path::of).orElse(null);
        var http2 = settings.flag("tls.http2", false);
        if (certificate != null && key != null) {
            return new TlsSettings(certificate, key, http2);
        }
        if (certificate != null || key != null || http2) {
            throw new ConfigException("tls: both tls.certificate and tls.key are needed");
        }
        return null;
    }

    private static Limits limits(Settings settings, Limits usual) {
        return new Limits(
                settings.limit("limits.repositories", usual.repositories()),
                settings.limit("limits.images-per-repository", usual.imagesPerRepository()),
                settings.limit("limits.tags-per-image", usual.tagsPerImage()),
                settings.limit("limits.layers-per-image", usual.layersPerImage()),
                settings.limit("limits.parts-per-layer", usual.partsPerLayer()),
                settings.number("limits.layer-bytes", usual.layerBytes(), 1, Long.MAX_VALUE),
                settings.limit("limits.tags-per-resource", usual.tagsPerResource()),
                settings.limit("limits.manifest-bytes", usual.manifestBytes()),
                settings.limit("limits.open-uploads-per-principal", usual.openUploadsPerPrincipal()),
                settings.number(
                        "limits.open-upload-bytes-per-principal",
                        usual.openUploadBytesPerPrincipal(),
                        1,
                        Long.MAX_VALUE));
    }

    /// A server of some regions only serves one of them to callers without a credential.
    private static String defaultRegion(Set<String> regions) {
        return regions.isEmpty() ? DEFAULT_REGION : regions.iterator().next();
    }

    private static Audit audit(String text) {
        return switch (text) {
            case "off" -> new Audit.Off();
            case "stdout" -> new Audit.Stdout();
            default -> new Audit.File(Path.of(text));
        };
    }

    private static Log.Format format(String text) {
        return switch (text) {
            case "text" -> Log.Format.TEXT;
            case "json" -> Log.Format.JSON;
            default -> throw new IllegalArgumentException("must be text or json");
        };
    }

    private void refuseContradictions() {
        if (!regions.isEmpty() && !regions.contains(region)) {
            throw new ConfigException("region: %s is not one of regions".formatted(region));
        }
        if (tls == null && !allowPlainHttp && !ListenHost.isLoopback(host)) {
            throw new ConfigException(
                    "host: %s can be reached from other machines; set tls.certificate and tls.key, or allow-plain-http: true if the way here is safe"
                            .formatted(host));
        }
    }
}
