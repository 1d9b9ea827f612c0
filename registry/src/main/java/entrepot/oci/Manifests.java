package entrepot.oci;

import entrepot.domain.Content;
import entrepot.domain.Difference;
import entrepot.domain.Digest;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.Limits;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Reference;
import entrepot.domain.StoredManifest;
import entrepot.domain.Tag;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.body.Bodies;
import entrepot.http.body.BodyTooLargeException;
import entrepot.http.body.MemoryBudget;
import entrepot.http.body.Spool;
import entrepot.http.body.Spools;
import entrepot.operation.image.BatchDeleteImage;
import entrepot.operation.image.BatchGetImage;
import entrepot.operation.image.ImageFailure;
import entrepot.operation.image.ImageView;
import entrepot.operation.image.PutImage;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Manifests by tag or digest.
///
/// Source: OCI distribution specification, "Pulling manifests", "Pushing Manifests", "Deleting manifests".
///
/// @param spools for bodies on their way here, and for answers
record Manifests(OciFamilies families, OciCalls calls, Limits limits, Spools spools) {

    HttpResponse answer(OciRequest.OfManifest asked, HttpRequest http) throws IOException {
        return switch (asked) {
            case OciRequest.GetManifest get -> get(get, http);
            case OciRequest.PutManifest put -> put(put, http);
            case OciRequest.DeleteManifest delete -> delete(delete, http);
        };
    }

    /// By tag, what is answered depends on what the client accepts (RFC 9110, 12.5.5).
    private HttpResponse get(OciRequest.GetManifest request, HttpRequest http) {
        var answer = answer(http, calls.call(families.images().batchGetImage(), input(request, http)));
        return request.reference() instanceof Tag ? answer.with("Vary", "Accept") : answer;
    }

    private static BatchGetImage.Input input(OciRequest.GetManifest request, HttpRequest http) {
        var ids = List.of(identifier(request.reference()));
        var accepted = Acceptance.of(http.headers());
        return new BatchGetImage.Input(
                null, request.repository(), ids, accepted, http.method().equals("HEAD"));
    }

    private HttpResponse answer(HttpRequest http, BatchGetImage.Output output) {
        refuse(output.failures());
        var image = output.images().getFirst();
        return Preconditions.unmet(http, image.imageId().imageDigest()).orElseGet(() -> answer(http, image));
    }

    /// Only a short manifest waits in memory for its client; a long one is read as the client takes it.
    private HttpResponse answer(HttpRequest http, ImageView image) {
        var type = ContentTypes.of(image.imageManifestMediaType().value());
        var body = switch (image.imageManifest()) {
            case ManifestBytes bytes -> spools.answer(bytes.toByteArray());
            case StoredManifest stored -> spools.answer(stored);
        };
        var digest = image.imageId().imageDigest();
        var answer = ContentTypes.inert(200).withBody(type, body);
        return Preconditions.tagged(calls.form().manifestOf(http, digest, answer), digest);
    }

    private HttpResponse put(OciRequest.PutManifest request, HttpRequest http) throws IOException {
        if (http.body().length() > limits.manifestBytes()) {
            throw tooLarge();
        }
        try (var body = receive(http.body());
                var _ = spools.memory().reserve(MemoryBudget.ofManifest(body.length()))) {
            var manifest = ManifestBytes.read(body.open(), Math.toIntExact(body.length()));
            var input = input(request, http, manifest);
            return stored(request, calls.call(families.images().putImage(), input));
        }
    }

    private HttpResponse delete(OciRequest.DeleteManifest request, HttpRequest http) {
        var ids = List.of(identifier(request.reference()));
        var condition = Preconditions.of(http.headers());
        var input = new BatchDeleteImage.Input(null, request.repository(), ids, condition);
        refuse(calls.call(families.images().batchDeleteImage(), input).failures());
        return HttpResponse.of(202);
    }

    private static ImageIdentifier identifier(Reference reference) {
        return switch (reference) {
            case Tag tag -> new ImageIdentifier(null, tag.name());
            case Digest digest -> new ImageIdentifier(digest.toString(), null);
        };
    }

    private Spool receive(Content body) throws IOException {
        try {
            return Bodies.receive(body, limits.manifestBytes(), spools.forBody());
        } catch (BodyTooLargeException e) {
            throw tooLarge();
        }
    }

    private OciException tooLarge() {
        var isEcrs = calls.form().isEcrs(Difference.LARGE_MANIFEST);
        return new OciException(
                isEcrs ? 405 : 413,
                isEcrs ? OciErrors.UNSUPPORTED : "MANIFEST_INVALID",
                "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Member must have length less than"
                        + " or equal to %d'".formatted(limits.manifestBytes()));
    }

    /// Without parameters such as `charset`, which say nothing of what the manifest is.
    private static @Nullable String contentType(HttpRequest http) {
        return http.headers()
                .first("Content-Type")
                .map(value -> value.replaceFirst(";.*", "").strip())
                .orElse(null);
    }

    private static PutImage.Input input(OciRequest.PutManifest request, HttpRequest http, ManifestBytes manifest) {
        var type = contentType(http);
        var tag = request.reference() instanceof Tag asked ? asked : null;
        var digest = request.reference() instanceof Digest asked ? asked : null;
        var condition = Preconditions.of(http.headers());
        return new PutImage.Input(null, request.repository(), manifest, type, tag, digest, request.tags(), condition);
    }

    /// `OCI-Subject` promises a referrers API, so that clients keep no fallback tag.
    private static HttpResponse stored(OciRequest.PutManifest request, PutImage.Output output) {
        var digest = output.image().imageId().imageDigest();
        var response = Preconditions.tagged(Form.withDigest(HttpResponse.of(201), digest), digest)
                .with("Location", "/v2/%s/manifests/%s".formatted(request.repository(), digest));
        for (var tag : request.tags()) {
            response = response.with("OCI-Tag", tag.name());
        }
        return output.subject() == null
                ? response
                : response.with("OCI-Subject", output.subject().toString());
    }

    /// One image was asked for, so a failure is the answer.
    private static void refuse(List<ImageFailure> failures) {
        if (!failures.isEmpty()) {
            var failure = failures.getFirst();
            throw new OciException(
                    switch (failure.failureCode()) {
                        case "ImageNotFound", "ImageInaccessible" ->
                            new OciError(404, "MANIFEST_UNKNOWN", failure.failureReason());
                        case "UpstreamAccessDenied" -> new OciError(403, "DENIED", failure.failureReason());
                        case "UpstreamTooManyRequests" -> new OciError(429, "TOOMANYREQUESTS", failure.failureReason());
                        case "UpstreamUnavailable" -> new OciError(503, "UNAVAILABLE", failure.failureReason());
                        default -> new OciError(405, "UNSUPPORTED", failure.failureReason());
                    });
        }
    }
}
