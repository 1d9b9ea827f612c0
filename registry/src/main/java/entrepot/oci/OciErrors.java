package entrepot.oci;

import entrepot.domain.EveryApiError;
import entrepot.domain.IamError;
import entrepot.domain.ImageError;
import entrepot.domain.JsonAloneError;
import entrepot.domain.KmsError;
import entrepot.domain.LayerError;
import entrepot.domain.RegistryError;
import entrepot.domain.RepositoryError;
import entrepot.domain.SecretsError;
import entrepot.domain.UpstreamFault;

/// How `/v2` tells each refusal: the specification's codes with ECR's texts.
///
/// Source: OCI distribution specification, "Error Codes"; where it leaves the status open, Docker's registry and ECR.
final class OciErrors {

    static final String UNSUPPORTED = "UNSUPPORTED";
    private static final String DENIED = "DENIED";
    private static final String UPLOAD_INVALID = "BLOB_UPLOAD_INVALID";
    private static final String TAG_INVALID = "TAG_INVALID";
    private static final String MANIFEST_INVALID = "MANIFEST_INVALID";
    static final String UPLOAD_UNKNOWN = "BLOB_UPLOAD_UNKNOWN";
    static final String MANIFEST_BLOB_UNKNOWN = "MANIFEST_BLOB_UNKNOWN";

    private OciErrors() {}

    static OciError of(RegistryError error) {
        return switch (error) {
            case RepositoryError e -> of(e);
            case ImageError e -> of(e);
            case LayerError e -> of(e);
            case EveryApiError e -> of(e);
            case JsonAloneError.InvalidParameter e -> error(isOfAPage(e) ? 400 : 405, UNSUPPORTED, e);
            case JsonAloneError e -> error(405, UNSUPPORTED, e);
            case IamError e -> error(405, UNSUPPORTED, e);
            case KmsError e -> error(405, UNSUPPORTED, e);
            case SecretsError e -> error(405, UNSUPPORTED, e);
        };
    }

    private static OciError of(RepositoryError error) {
        return switch (error) {
            case RepositoryError.InvalidRepositoryName e -> error(400, "NAME_INVALID", e);
            case RepositoryError.InvalidDigest e -> error(400, "DIGEST_INVALID", e);
            case RepositoryError.RepositoryNotFound e -> error(404, "NAME_UNKNOWN", e);
            case RepositoryError.TemplateWithoutRole e -> error(404, "NAME_UNKNOWN", e);
            case RepositoryError.Kms e -> e.isPassing() ? error(503, "UNAVAILABLE", e) : error(403, DENIED, e);
            case RepositoryError.LimitExceeded e -> error(403, DENIED, e);
        };
    }

    private static OciError of(ImageError error) {
        return switch (error) {
            case ImageError.InvalidTag e -> error(400, TAG_INVALID, e);
            case ImageError.InvalidManifest e -> error(400, MANIFEST_INVALID, e);
            case ImageError.ImageDigestDoesNotMatch e -> error(400, MANIFEST_INVALID, e);
            case ImageError.PreconditionFailed e -> error(412, "PRECONDITION_FAILED", e);
            case ImageError.LayersNotFound e -> error(404, MANIFEST_BLOB_UNKNOWN, e);
            case ImageError.ReferencedImagesNotFound e -> error(404, MANIFEST_BLOB_UNKNOWN, e);
            case ImageError.UnableToGetUpstreamImage e -> upstream(e.fault(), e);
            case ImageError.ImageNotFound e -> error(404, "MANIFEST_UNKNOWN", e);
            case ImageError.ImageTagAlreadyExists e -> error(400, TAG_INVALID, e);
            case ImageError.ImageAlreadyExists e -> error(400, TAG_INVALID, e);
        };
    }

    private static OciError of(LayerError error) {
        return switch (error) {
            case LayerError.LayerNotFound e -> error(404, "BLOB_UNKNOWN", e);
            case LayerError.LayerInaccessible e -> error(404, "BLOB_UNKNOWN", e);
            case LayerError.LayerUnnamed e -> error(404, "BLOB_UNKNOWN", e);
            case LayerError.UnableToGetUpstreamLayer e -> upstream(e.fault(), e);
            case LayerError.UploadNotFound e -> error(404, UPLOAD_UNKNOWN, e);
            case LayerError.InvalidLayerPart e -> outOfOrder(e);
            case LayerError.InvalidLayer e -> error(400, UPLOAD_INVALID, e);
            case LayerError.LayerPartTooSmall e -> error(400, UPLOAD_INVALID, e);
            case LayerError.EmptyUpload e -> error(400, UPLOAD_INVALID, e);
            case LayerError.LayerAlreadyExists e -> error(400, UPLOAD_INVALID, e);
            case LayerError.UploadBusy e -> error(503, "UNAVAILABLE", e);
        };
    }

    private static OciError of(EveryApiError error) {
        return switch (error) {
            case EveryApiError.AccessDenied e -> error(403, DENIED, e);
            case EveryApiError.Throttling e -> error(503, "TOOMANYREQUESTS", e);
            case EveryApiError.Unavailable e -> error(503, "UNAVAILABLE", e);
            case EveryApiError.NotStorable e -> error(400, "MANIFEST_INVALID", e);
            case EveryApiError.StorageFull e -> error(507, "UNKNOWN", e);
        };
    }

    private static OciError upstream(UpstreamFault fault, RegistryError error) {
        return switch (fault) {
            case ACCESS_DENIED -> error(403, DENIED, error);
            case TOO_MANY_REQUESTS -> error(429, "TOOMANYREQUESTS", error);
            case UNAVAILABLE -> error(503, "UNAVAILABLE", error);
        };
    }

    private static OciError error(int status, String code, RegistryError error) {
        return new OciError(status, code, error.message(), error.explanation());
    }

    /// A page that cannot be: a request of this protocol, of which ECR knows nothing.
    private static boolean isOfAPage(JsonAloneError.InvalidParameter error) {
        return error.parameter().equals("nextToken");
    }

    /// With what a client needs to go on: where the upload really stands.
    private static OciError outOfOrder(LayerError.InvalidLayerPart error) {
        var location = Form.uploadLocation(error.repository().name(), error.upload());
        return error(416, UPLOAD_INVALID, error)
                .with("Location", location)
                .with("Docker-Upload-UUID", error.upload().value())
                .with("Range", Form.range(error.lastValidByteReceived() + 1));
    }
}
