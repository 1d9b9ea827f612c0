package entrepot.auth;

import entrepot.domain.AccountId;
import entrepot.domain.Partition;
import entrepot.domain.RegistryId;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A host name of ECR's form: of a registry (`<account>.dkr.ecr.<region>.<suffix>`) or of the API
/// (`api.ecr.<region>.<suffix>` or `ecr.<region>.<suffix>`), each also `-fips`, and each also dual-stack
/// (`<account>.dkr-ecr.<region>.on.aws`, `ecr.<region>.api.aws`).
///
/// Source: ECR user guide, "Making API requests over IPv6"; ECR API reference, endpoints.
///
/// @param account null in the API's host
/// @param ecr `ecr` or `ecr-fips`
/// @param suffix what the name ends with, without the port
/// @param port with its colon; empty if there was none
record EcrHost(@Nullable AccountId account, String ecr, String region, String suffix, String port) {

    private static final Pattern FORM =
            Pattern.compile("(?:(?<account>[0-9]{12})\\.dkr[.-]|api\\.)?(?<ecr>ecr(?:-fips)?)\\.(?<region>[a-z0-9-]+)"
                    + "\\.(?<suffix>[a-z0-9-]+(?:\\.[a-z0-9-]+)*)(?<port>:[0-9]{1,5})?");

    private static final String API = "api.";
    /// A name of 253 characters (RFC 1035, 2.3.4) and a port.
    private static final int LONGEST = 259;

    /// Where AWS's own names end, and `localhost` with all names below it, which resolve to the machine itself
    /// (RFC 6761, 6.3). No other name could be told from one that an attacker made up.
    private static final Set<String> KNOWN_SUFFIXES =
            Partition.all().stream().flatMap(EcrHost::suffixes).collect(Collectors.toUnmodifiableSet());

    private static final Pattern LOCAL_SUFFIX = Pattern.compile("([a-z0-9-]+\\.)*localhost");

    /// Empty if the text is not of that form.
    ///
    /// @param host in lower case
    static Optional<EcrHost> parse(String host) {
        var parts = FORM.matcher(host);
        return host.length() <= LONGEST && parts.matches() && RegistryId.isRegion(parts.group("region"))
                ? Optional.of(of(parts))
                : Optional.empty();
    }

    private static EcrHost of(Matcher parts) {
        var account = parts.group("account");
        var port = parts.group("port");
        return new EcrHost(
                account == null ? null : new AccountId(account),
                parts.group("ecr"),
                parts.group("region"),
                parts.group("suffix"),
                port == null ? "" : port);
    }

    boolean hasKnownSuffix() {
        return KNOWN_SUFFIXES.contains(suffix) || LOCAL_SUFFIX.matcher(suffix).matches();
    }

    private static Stream<String> suffixes(Partition partition) {
        var ofApi = partition.dualStackSuffix();
        return Stream.of(partition.dnsSuffix(), ofApi, ofRegistries(ofApi));
    }

    /// Where the names of registries' dual-stack hosts end, by where those of the API's do.
    private static String ofRegistries(String apiSuffix) {
        return apiSuffix.startsWith(API) ? "on." + apiSuffix.substring(API.length()) : apiSuffix;
    }

    /// The registry that this host is the name of; empty for the API's.
    Optional<RegistryId> registry() {
        return Optional.ofNullable(account).map(a -> new RegistryId(a, region));
    }

    /// What a registry is called beside this host. Dual-stack names part `dkr` by a hyphen and end otherwise than the
    /// API's.
    String of(RegistryId registry) {
        var dualStack = suffix.startsWith(API) || suffix.startsWith("on.");
        return registry.account()
                + (dualStack ? ".dkr-" : ".dkr.")
                + String.join(".", ecr, registry.region(), ofRegistries(suffix))
                + port;
    }
}
