package entrepot.upstream;

import entrepot.upstream.wire.Origin;
import entrepot.upstream.wire.Targets;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/// Whether a registry's login may be sent to where its challenge says that tokens are: to its own host, to the one that
/// is known for it, or to one that the operator allows. Never to plain HTTP from a registry that speaks TLS, unless
/// that is allowed by name.
///
/// @param registry that challenges
record Realms(Origin registry, Targets targets) {

    /// Source: the registries' own documents.
    private static final Map<String, String> KNOWN =
            Map.of("registry-1.docker.io", "auth.docker.io", "registry.gitlab.com", "gitlab.com");

    private static final int HTTPS = 443;

    /// The realm, if tokens may be asked of it.
    URI require(String text) throws UpstreamException {
        var realm = url(text);
        var target = origin(realm);
        if (!isOwn(target) && !isKnown(target) && !targets.allows(target)) {
            throw UpstreamException.denied("it wants the login sent to %s, which is not its own".formatted(target));
        }
        return realm;
    }

    private boolean isOwn(Origin target) {
        return target.host().equals(registry.host()) && (target.isSecure() || !registry.isSecure());
    }

    private boolean isKnown(Origin target) {
        return target.isSecure()
                && target.port() == HTTPS
                && registry.isSecure()
                && target.host().equals(KNOWN.get(registry.host()));
    }

    private static URI url(String text) throws UpstreamException {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw UpstreamException.denied("its challenge has a realm that is no address");
        }
    }

    private static Origin origin(URI realm) throws UpstreamException {
        try {
            return Origin.of(realm);
        } catch (IOException e) {
            throw new UpstreamException(new Failure.AccessDenied(), "its challenge has a realm that is no address", e);
        }
    }
}
