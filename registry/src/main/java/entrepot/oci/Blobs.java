package entrepot.oci;

import entrepot.auth.token.BlobLinks;
import entrepot.domain.Content;
import entrepot.domain.Difference;
import entrepot.domain.Digest;
import entrepot.domain.LayerError;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.operation.layer.BatchCheckLayerAvailability;
import entrepot.operation.layer.BatchCheckLayerAvailability.Layer;
import entrepot.operation.layer.DeleteLayer;
import entrepot.operation.layer.GetDownloadUrlForLayer;
import entrepot.operation.layer.ReadLayer;
import java.net.URI;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/// Blobs by digest.
///
/// Source: OCI distribution specification, "Pulling blobs", "Checking if content exists in the registry", "Deleting
/// Blobs".
record Blobs(OciFamilies families, OciCalls calls) {

    HttpResponse answer(OciRequest.OfBlob asked, HttpRequest http) {
        return switch (asked) {
            case OciRequest.GetBlob get -> get(get, http);
            case OciRequest.HeadBlob head -> head(head, http);
            case OciRequest.DeleteBlob delete -> delete(delete);
        };
    }

    private HttpResponse get(OciRequest.GetBlob request, HttpRequest http) {
        var isNobody = calls.caller().principal().isAnonymous(); // links are of an access key
        return calls.form().isEcrs(Difference.BLOB_REDIRECT) && !isNobody ? redirect(request) : read(request, http);
    }

    /// To where GetDownloadUrlForLayer sends its callers.
    private HttpResponse redirect(OciRequest.GetBlob request) {
        var digest = request.digest().toString();
        var input = new GetDownloadUrlForLayer.Input(null, request.repository(), digest);
        var address = calls.call(families.layers().getDownloadUrlForLayer(), input);
        return HttpResponse.of(307).with("Location", location(URI.create(address.downloadUrl())));
    }

    /// Relative where it leads here, so that it is right however this registry was called (RFC 9110, 10.2.2).
    private static String location(URI address) {
        return address.getRawPath().startsWith(BlobLinks.PREFIX)
                ? address.getRawPath() + "?" + address.getRawQuery()
                : address.toString();
    }

    private HttpResponse read(OciRequest.GetBlob request, HttpRequest http) {
        var input = new ReadLayer.Input(null, request.repository(), request.digest());
        var output = calls.call(families.layers().readLayer(), input);
        return new LayerAnswer(output, ContentTypes.of(output.mediaType())).toStore(http);
    }

    private HttpResponse head(OciRequest.HeadBlob request, HttpRequest http) {
        var digests = List.of(request.digest().toString());
        var input = new BatchCheckLayerAvailability.Input(null, request.repository(), digests);
        var layer = calls.call(families.layers().batchCheckLayerAvailability(), input)
                .layers()
                .getFirst();
        if (layer.layerSize() == null) {
            throw refusal(request, LayerError.LayerNotFound::new);
        }
        if (!layer.isAvailable()) {
            throw refusal(request, LayerError.LayerInaccessible::new);
        }
        var size = layer.layerSize();
        return Preconditions.unmet(http, request.digest()).orElseGet(() -> present(request.digest(), layer, size));
    }

    private HttpResponse delete(OciRequest.DeleteBlob request) {
        if (calls.form().isEcrs(Difference.BLOB_DELETION)) {
            throw new OciException(405, OciErrors.UNSUPPORTED, "The operation is unsupported");
        }
        calls.call(
                families.layers().deleteLayer(), new DeleteLayer.Input(null, request.repository(), request.digest()));
        return HttpResponse.of(202);
    }

    /// As GET says it, so that the length of the body is GET's, too (RFC 9110, 8.6).
    private RegistryException refusal(OciRequest.HeadBlob request, Refusal refusal) {
        var registry = calls.caller().registry(null);
        return new RegistryException(
                refusal.of(registry, request.repository(), request.digest().toString()));
    }

    private interface Refusal {
        LayerError of(RegistryId registry, RepositoryName repository, String digest);
    }

    private static HttpResponse present(Digest digest, Layer layer, long size) {
        return LayerAnswer.headers(200, digest, ContentTypes.of(layer.mediaType()), new Measured(size));
    }

    /// The length of a body that a HEAD is told of and never sent.
    private record Measured(long length) implements Content {
        @Override
        public void writeTo(WritableByteChannel target) {
            throw new IllegalStateException("an answer to HEAD has no body");
        }
    }
}
