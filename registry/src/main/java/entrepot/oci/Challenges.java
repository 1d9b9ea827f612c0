package entrepot.oci;

import entrepot.auth.RegistryHosts;
import entrepot.domain.Difference;
import entrepot.domain.Law;
import entrepot.domain.RegistryAddress;
import entrepot.domain.RegistryId;
import entrepot.http.HttpRequest;

/// How a client is asked to say who it is: by Basic, as ECR asks, or by a bearer token from [TokenEndpoint], without
/// which Docker does not pull where nobody logged in. The realm is the configured address or a host that was checked.
///
/// Sources: ECR, aws/containers-roadmap#2835; Docker's "Token authentication specification".
public final class Challenges {

    private static final String SERVICE = "ecr.amazonaws.com";

    private final RegistryHosts hosts;
    private final RegistryId defaults;
    private final boolean bearer;
    private final Form form;

    /// @param defaults the registry that a request without credentials means
    /// @param bearer whether bearer tokens are given out
    /// @param law the one that holds on `/v2`
    public Challenges(RegistryHosts hosts, RegistryId defaults, boolean bearer, Law law) {
        this.hosts = hosts;
        this.defaults = defaults;
        this.bearer = bearer;
        this.form = new Form(law);
    }

    /// The registry that a request means as long as nobody has told who asks.
    RegistryId registry(HttpRequest request) {
        return hosts.registry(request.calledAs().host()).orElse(defaults);
    }

    boolean givesBearers() {
        return bearer;
    }

    /// The refusal with the challenge that leads on.
    OciException of(HttpRequest request, OciError error) {
        return bearer ? with(error, "Bearer realm=\"%s/v2/token\",service=\"%s\"", request) : basic(request, error);
    }

    /// The refusal of a token that has expired; ECR's has no challenge, so that many clients ask for no new one.
    OciException expired(HttpRequest request, OciError error) {
        return form.isEcrs(Difference.EXPIRED_TOKEN) ? new OciException(error.as(403, "DENIED")) : of(request, error);
    }

    /// The refusal, where only Basic leads on.
    OciException basic(HttpRequest request, OciError error) {
        return with(error, "Basic realm=\"%s/\",service=\"%s\"", request);
    }

    private OciException with(OciError error, String challenge, HttpRequest request) {
        return new OciException(error.with(
                "WWW-Authenticate", challenge.formatted(address(request).endpoint(), SERVICE)));
    }

    private RegistryAddress address(HttpRequest request) {
        return hosts.address(registry(request), request.calledAs());
    }
}
