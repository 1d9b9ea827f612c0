package entrepot.oci;

import entrepot.domain.Digest;
import entrepot.domain.RepositoryName;
import entrepot.domain.UploadId;
import entrepot.http.HttpResponse;

/// The points of form in which `/v2` follows the specification and ECR does not, each in one place. None is a rule:
/// what is stored is the same either way. That uploads have a status is [UploadAnswers#status].
///
/// Source: OCI distribution specification, "Pushing a blob in chunks", "Pulling manifests".
final class SpecForm {

    /// The answer to a chunk; ECR's is 201.
    static final int CHUNK_TAKEN = 202;

    /// The answer to an expired token, with a challenge, so that clients ask for a new one; ECR's is 403 without.
    static final int EXPIRED_TOKEN = 401;

    private SpecForm() {}

    /// How far an upload has come; ECR's stays at the first chunk. Where an empty one begins, Docker wants to hear
    /// something, and so does the conformance suite, which reads a status: what the first byte would make true.
    ///
    /// @param received in bytes
    static String range(long received) {
        return "0-" + Math.max(0, received - 1);
    }

    /// ECR leaves the digest out of a GET of a manifest, which breaks clients that delete by it.
    static HttpResponse withDigest(HttpResponse response, Digest digest) {
        return response.with("Docker-Content-Digest", digest.toString());
    }

    /// Relative, so that it is right behind any proxy (RFC 9110, 10.2.2).
    static String uploadLocation(RepositoryName repository, UploadId upload) {
        return "/v2/%s/blobs/uploads/%s".formatted(repository, upload);
    }
}
