package entrepot.auth;

import entrepot.domain.RegistryId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
record EcrHost(@Nullable String account, String ecr, String region, String suffix, String port) {

    private static final Pattern FORM =
            Pattern.compile("(?:(?<account>[0-9]{12})\\.dkr[.-]|api\\.)?(?<ecr>ecr(?:-fips)?)\\.(?<region>[a-z0-9-]+)"
                    + "\\.(?<suffix>[a-z0-9-]+(?:\\.[a-z0-9-]+)*)(?<port>:[0-9]{1,5})?");

    /// A name of 253 characters (RFC 1035, 2.3.4) and a port.
    private static final int LONGEST = 259;

    /// Where AWS's own names end, and `localhost` with all names below it, which resolve to the machine itself
    /// (RFC 6761, 6.3). No other name could be told from one that an attacker made up.
    private static final Pattern KNOWN_SUFFIX =
            Pattern.compile("amazonaws\\.(com(\\.cn)?|eu)|(on|api)\\.aws|(on|api)\\.amazonwebservices\\.com\\.cn"
                    + "|([a-z0-9-]+\\.)*localhost");

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
        var port = parts.group("port");
        return new EcrHost(
                parts.group("account"),
                parts.group("ecr"),
                parts.group("region"),
                parts.group("suffix"),
                port == null ? "" : port);
    }

    boolean hasKnownSuffix() {
        return KNOWN_SUFFIX.matcher(suffix).matches();
    }

    /// The registry that this host is the name of; empty for the API's.
    Optional<RegistryId> registry() {
        return Optional.ofNullable(account).map(a -> new RegistryId(a, region));
    }

    /// What a registry is called beside this host. Dual-stack names part `dkr` by a hyphen and end otherwise than the
    /// API's.
    String of(RegistryId registry) {
        var dualStack = suffix.startsWith("api.") || suffix.startsWith("on.");
        return registry.account()
                + (dualStack ? ".dkr-" : ".dkr.")
                + String.join(".", ecr, registry.region(), suffix.replaceFirst("^api\\.", "on."))
                + port;
    }
}
