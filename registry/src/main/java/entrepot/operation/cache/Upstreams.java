package entrepot.operation.cache;

import entrepot.auth.LeastRecentlyUsed;
import entrepot.domain.Arn;
import entrepot.domain.CacheRule;
import entrepot.domain.CacheSettings;
import entrepot.domain.KnownUpstream;
import entrepot.domain.RegistryId;
import entrepot.operation.secret.CurrentSecrets;
import entrepot.upstream.Login;
import entrepot.upstream.UpstreamException;
import entrepot.upstream.UpstreamRegistry;
import entrepot.upstream.wire.Connections;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/// The registries that images may be had from: those that ECR knows, and those that the operator allows. One that was
/// asked is remembered, with the tokens that it gave.
///
/// @param connections what may be connected to
record Upstreams(
        CacheSettings settings,
        Connections connections,
        CurrentSecrets secrets,
        InstantSource clock,
        LeastRecentlyUsed<Asked, UpstreamRegistry> known) {

    private static final int KNOWN = 200;

    /// A registry, and as whom it is asked.
    record Asked(URI url, Login login) {}

    Upstreams(CacheSettings settings, Connections connections, CurrentSecrets secrets, InstantSource clock) {
        this(settings, connections, secrets, clock, new LeastRecentlyUsed<>(KNOWN));
    }

    /// Whether the operator allows one that ECR does not know.
    boolean allows(String host) {
        return settings.allowed().contains(host) || isElsewhere(host);
    }

    /// Whether another server is asked in its place.
    boolean isElsewhere(String host) {
        return settings.endpoints().containsKey(host);
    }

    /// What a secret says; empty if there is none.
    Optional<Credentials> credentials(RegistryId registry, Arn secret) {
        return secrets.value(registry, secret.value()).map(Credentials::parse);
    }

    /// The one that a rule names, asked as the rule says.
    ///
    /// @throws UpstreamException if its address is none, or its secret is gone
    UpstreamRegistry of(RegistryId registry, CacheRule rule) throws UpstreamException {
        var url = url(rule.upstream());
        var asked = new Asked(url, login(registry, rule, url));
        var found = known.get(asked);
        if (found.isPresent()) {
            return found.get();
        }
        var made = new UpstreamRegistry(url, asked.login(), connections, clock);
        known.put(asked, made);
        return made;
    }

    private URI url(String host) {
        var elsewhere = settings.endpoints().get(host);
        return elsewhere == null ? URI.create((isLocal(host) ? "http://" : "https://") + host) : elsewhere;
    }

    /// As Docker does, which speaks to its own machine without TLS.
    private static boolean isLocal(String host) {
        return host.matches("(localhost|127\\.[0-9.]+|\\[::1])(:[0-9]+)?");
    }

    /// Where its secret is gone, a rule does not ask as nobody: that could give other images.
    private Login login(RegistryId registry, CacheRule rule, URI url) throws UpstreamException {
        var secret = rule.credential();
        return secret == null
                ? Login.ANONYMOUS
                : credentials(registry, secret)
                        .orElseThrow(() -> UpstreamException.denied("the secret of the rule is not there"))
                        .login(api(rule, url), region(registry, rule));
    }

    private URI api(CacheRule rule, URI url) {
        return isOfAws(rule) && !isElsewhere(rule.upstream())
                ? URI.create("https://" + rule.upstream().replaceFirst("^[0-9]{12}\\.dkr[.-]", "api."))
                : url;
    }

    private static boolean isOfAws(CacheRule rule) {
        return rule.registry().filter(KnownUpstream.ECR::equals).isPresent();
    }

    private static String region(RegistryId registry, CacheRule rule) {
        return isOfAws(rule) ? rule.upstream().split("\\.", -1)[3] : registry.region();
    }
}
