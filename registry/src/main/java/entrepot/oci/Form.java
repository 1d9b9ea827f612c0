package entrepot.oci;

import entrepot.domain.Content;
import entrepot.domain.Difference;
import entrepot.domain.Digest;
import entrepot.domain.ImageError;
import entrepot.domain.Law;
import entrepot.domain.RegistryError;
import entrepot.domain.RepositoryName;
import entrepot.domain.UploadId;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;

/// The points of form in which ECR's `/v2` and the specification's differ, each in one place. None is a rule: what is
/// stored is the same either way.
///
/// Source: OCI distribution specification, "Pushing a blob in chunks", "Pulling manifests"; ECR as [Difference] has it.
///
/// @param law says which of the two this is
record Form(Law law) {

    /// What ECR says that a `Range` has reached, however much has come: its first part.
    private static final long FIRST_PART = 10L << 20;

    /// S3's smallest part. Smaller chunks are taken too.
    private static final int SMALLEST_PART = 5 << 20;

    boolean isEcrs(Difference difference) {
        return law.isEcrs(difference);
    }

    /// The status of an answer to a chunk.
    int chunkTaken() {
        return isEcrs(Difference.CHUNK_STATUS) ? 201 : 202;
    }

    /// The smallest chunk worth sending, in bytes.
    long chunkMinLength() {
        return isEcrs(Difference.CHUNK_LENGTH) ? FIRST_PART : SMALLEST_PART;
    }

    /// How far an upload has come, or what ECR says of it.
    ///
    /// @param received in bytes
    String progress(long received) {
        return range(isEcrs(Difference.CHUNK_RANGE) ? Math.min(received, FIRST_PART) : received);
    }

    /// How many entries a page has where a client does not say: as many as there ever are, since some clients follow no
    /// `Link`.
    int usualPage() {
        return isEcrs(Difference.USUAL_PAGE) ? 100 : 1_000;
    }

    int usualPageOfReferrers() {
        return law.longestPageOfReferrers();
    }

    /// ECR leaves the digest out of a GET of a manifest, which breaks clients that delete by it.
    HttpResponse manifestOf(HttpRequest request, Digest digest, HttpResponse response) {
        return isEcrs(Difference.MANIFEST_DIGEST) && request.method().equals("GET")
                ? response
                : withDigest(response, digest);
    }

    /// A request as it is listened to.
    HttpRequest heard(HttpRequest request) {
        if (!isEcrs(Difference.PRECONDITION)) {
            return request;
        }
        var headers =
                request.headers().without("If-Match").without("If-None-Match").without("If-Range");
        return new HttpRequest(
                request.method(), request.path(), request.query(), headers, request.body(), request.client());
    }

    /// A refusal as it is sent: to nobody ECR sends a text.
    HttpResponse refusal(OciError error) {
        return isEcrs(Difference.NO_LOGIN) && error.message().equals(RegistryLogin.NOBODY.message())
                ? new HttpResponse(error.status(), error.headers(), Content.Bytes.EMPTY)
                        .withText("text/plain; charset=utf-8", error.message() + "\n")
                : error.response();
    }

    OciError error(RegistryError error) {
        var worded = OciErrors.of(error);
        var told = law.explains() ? worded : worded.unexplained();
        return switch (error) {
            case ImageError.InvalidManifest _
            when isEcrs(Difference.UNREADABLE_MANIFEST) -> told.as(405, OciErrors.UNSUPPORTED);
            case ImageError.LayersNotFound _
            when isEcrs(Difference.MISSING_LAYER) -> told.as(404, OciErrors.UPLOAD_UNKNOWN);
            case ImageError.ReferencedImagesNotFound _
            when isEcrs(Difference.MISSING_CHILD) -> told.as(400, OciErrors.MANIFEST_BLOB_UNKNOWN);
            default -> told;
        };
    }

    /// Where an empty upload begins, Docker wants to hear something, and so does the conformance suite, which reads a
    /// status: what the first byte would make true.
    ///
    /// @param received in bytes
    static String range(long received) {
        return "0-" + Math.max(0, received - 1);
    }

    static HttpResponse withDigest(HttpResponse response, Digest digest) {
        return response.with("Docker-Content-Digest", digest.toString());
    }

    /// Relative, so that it is right behind any proxy (RFC 9110, 10.2.2).
    static String uploadLocation(RepositoryName repository, UploadId upload) {
        return "/v2/%s/blobs/uploads/%s".formatted(repository, upload);
    }
}
