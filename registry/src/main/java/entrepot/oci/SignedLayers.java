package entrepot.oci;

import entrepot.auth.Caller;
import entrepot.auth.RegistryHosts;
import entrepot.auth.token.BlobLinks;
import entrepot.auth.token.BlobLinks.BlobLink;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.http.HttpHandler;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.operation.Operations;
import entrepot.operation.layer.ReadLayer;
import java.time.InstantSource;

/// Layers by the links that GetDownloadUrlForLayer gives out. A link is all that is needed, and is good for one layer;
/// what its maker may no longer do, it may not either.
public final class SignedLayers implements HttpHandler {

    private final BlobLinks links;
    private final RegistryHosts hosts;
    private final Operations door;
    private final ReadLayer readLayer;
    private final InstantSource clock;

    public SignedLayers(
            BlobLinks links, RegistryHosts hosts, Operations door, ReadLayer readLayer, InstantSource clock) {
        this.links = links;
        this.hosts = hosts;
        this.door = door;
        this.readLayer = readLayer;
        this.clock = clock;
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return HttpResponse.of(405).with("Allow", "GET, HEAD");
        }
        try {
            return links.verify(request.path(), request.query(), clock.instant())
                    .map(link -> read(link, request))
                    .orElseGet(() -> refusal(request));
        } catch (RegistryException e) {
            return OciErrors.of(e.error()).response();
        } catch (OciException e) {
            return e.error().response();
        }
    }

    private HttpResponse read(BlobLink link, HttpRequest request) {
        var address = hosts.address(link.registry(), request.calledAs());
        var caller = new Caller(link.principal(), link.registry(), address, request.origin());
        var input = new ReadLayer.Input(null, link.repository(), link.digest());
        var output = door.call(caller, Law.ECR, readLayer, input);
        return new LayerAnswer(output, ContentTypes.of(null)).to(request);
    }

    private HttpResponse refusal(HttpRequest request) {
        door.turnedAway(request.origin(), "ecr", readLayer.name(), "InvalidSignature");
        return new OciError(403, "DENIED", "The link is not valid, or not any longer").response();
    }
}
