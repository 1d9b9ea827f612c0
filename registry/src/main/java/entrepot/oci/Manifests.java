package entrepot.oci;

import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.Limits;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Reference;
import entrepot.domain.Tag;
import entrepot.http.Bodies;
import entrepot.http.BodyTooLargeException;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.Spool;
import entrepot.operation.image.BatchDeleteImage;
import entrepot.operation.image.BatchGetImage;
import entrepot.operation.image.ImageFailure;
import entrepot.operation.image.PutImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Manifests by tag or digest.
///
/// Source: OCI distribution specification, "Pulling manifests", "Pushing Manifests", "Deleting manifests".
///
/// @param memory for the large ones
record Manifests(OciFamilies families, Door door, Limits limits, LargeBodies memory) {

    /// By tag, what is answered depends on what the client accepts (RFC 9110, 12.5.5).
    HttpResponse get(OciRequest.GetManifest request, HttpRequest http) {
        try (var _ = memory.budget().reserve()) {
            var answer = answer(door.call(families.images().batchGetImage(), input(request, http)));
            return request.reference() instanceof Tag ? answer.with("Vary", "Accept") : answer;
        }
    }

    private static BatchGetImage.Input input(OciRequest.GetManifest request, HttpRequest http) {
        var ids = List.of(identifier(request.reference()));
        return new BatchGetImage.Input(null, request.repository(), ids, Acceptance.of(http.headers()));
    }

    /// A large manifest waits for its client in a file and not in memory.
    private HttpResponse answer(BatchGetImage.Output output) {
        refuse(output.failures());
        var image = output.images().getFirst();
        var type = ContentTypes.of(image.imageManifestMediaType().value());
        var body = new Spool(memory.folder());
        body.write(ByteBuffer.wrap(image.imageManifest().toByteArray()));
        return SpecForm.withDigest(
                ContentTypes.inert(200).withBody(type, body.content()),
                image.imageId().imageDigest());
    }

    HttpResponse put(OciRequest.PutManifest request, HttpRequest http) throws IOException {
        if (http.body().length() > limits.manifestBytes()) {
            throw tooLarge();
        }
        try (var body = receive(http.body());
                var _ = memory.budget().reserve(http.body())) {
            var manifest = new ManifestBytes(body.open().readAllBytes());
            var input = input(request, contentType(http), manifest);
            return stored(request, door.call(families.images().putImage(), input));
        }
    }

    HttpResponse delete(OciRequest.DeleteManifest request) {
        var ids = List.of(identifier(request.reference()));
        var output = door.call(
                families.images().batchDeleteImage(), new BatchDeleteImage.Input(null, request.repository(), ids));
        refuse(output.failures());
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
            return Bodies.receive(body, limits.manifestBytes(), new Spool(memory.folder()));
        } catch (BodyTooLargeException e) {
            throw tooLarge();
        }
    }

    private OciException tooLarge() {
        return new OciException(
                413,
                "MANIFEST_INVALID",
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

    private static PutImage.Input input(
            OciRequest.PutManifest request, @Nullable String mediaType, ManifestBytes manifest) {
        return switch (request.reference()) {
            case Tag tag ->
                new PutImage.Input(null, request.repository(), manifest, mediaType, tag, null, request.tags());
            case Digest digest ->
                new PutImage.Input(null, request.repository(), manifest, mediaType, null, digest, request.tags());
        };
    }

    /// `OCI-Subject` promises a referrers API, so that clients keep no fallback tag.
    private static HttpResponse stored(OciRequest.PutManifest request, PutImage.Output output) {
        var digest = output.image().imageId().imageDigest();
        var response = SpecForm.withDigest(HttpResponse.of(201), digest)
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
                        case "ImageNotFound" -> new OciError(404, "MANIFEST_UNKNOWN", failure.failureReason());
                        default -> new OciError(405, "UNSUPPORTED", failure.failureReason());
                    });
        }
    }
}
