package entrepot.oci;

import entrepot.domain.RegistryError;

/// How `/v2` tells each refusal: the specification's codes with ECR's texts.
///
/// Source: OCI distribution specification, "Error Codes"; where it leaves the status open, Docker's registry and ECR.
final class OciErrors {

    private static final String UNSUPPORTED = "UNSUPPORTED";
    private static final String DENIED = "DENIED";
    private static final String UPLOAD_INVALID = "BLOB_UPLOAD_INVALID";
    private static final String TAG_INVALID = "TAG_INVALID";

    private OciErrors() {}

    static OciError of(RegistryError error) {
        return switch (error) {
            case RegistryError.InvalidRepositoryName e -> error(400, "NAME_INVALID", e);
            case RegistryError.InvalidTag e -> error(400, TAG_INVALID, e);
            case RegistryError.InvalidDigest e -> error(400, "DIGEST_INVALID", e);
            case RegistryError.InvalidManifest e -> error(400, "MANIFEST_INVALID", e);
            case RegistryError.PreconditionFailed e -> error(412, "PRECONDITION_FAILED", e);
            case RegistryError.ImageDigestDoesNotMatch e -> error(400, "MANIFEST_INVALID", e);
            case RegistryError.LayersNotFound e -> error(404, "MANIFEST_BLOB_UNKNOWN", e);
            case RegistryError.ReferencedImagesNotFound e -> error(404, "MANIFEST_BLOB_UNKNOWN", e);
            case RegistryError.RepositoryNotFound e -> error(404, "NAME_UNKNOWN", e);
            case RegistryError.ImageNotFound e -> error(404, "MANIFEST_UNKNOWN", e);
            case RegistryError.LayerNotFound e -> error(404, "BLOB_UNKNOWN", e);
            case RegistryError.UploadNotFound e -> error(404, "BLOB_UPLOAD_UNKNOWN", e);
            case RegistryError.InvalidLayerPart e -> outOfOrder(e);
            case RegistryError.InvalidLayer e -> error(400, UPLOAD_INVALID, e);
            case RegistryError.LayerPartTooSmall e -> error(400, UPLOAD_INVALID, e);
            case RegistryError.EmptyUpload e -> error(400, UPLOAD_INVALID, e);
            case RegistryError.ImageTagAlreadyExists e -> error(400, TAG_INVALID, e);
            case RegistryError.ImageAlreadyExists e -> error(400, TAG_INVALID, e);
            case RegistryError.LayerAlreadyExists e -> error(400, UPLOAD_INVALID, e);
            case RegistryError.InvalidParameter e -> error(isOfAPage(e) ? 400 : 405, UNSUPPORTED, e);
            case RegistryError.OfJsonAlone e -> error(405, UNSUPPORTED, e);
            case RegistryError.OfIam e -> error(405, UNSUPPORTED, e);
            case RegistryError.LimitExceeded e -> error(403, DENIED, e);
            case RegistryError.AccessDenied e -> error(403, DENIED, e);
            case RegistryError.Throttling e -> error(503, "TOOMANYREQUESTS", e);
            case RegistryError.UploadBusy e -> error(503, "UNAVAILABLE", e);
            case RegistryError.StorageFull e -> error(507, "UNKNOWN", e);
        };
    }

    private static OciError error(int status, String code, RegistryError error) {
        return new OciError(status, code, error.message(), error.explanation());
    }

    /// A page that cannot be: a request of this protocol, of which ECR knows nothing.
    private static boolean isOfAPage(RegistryError.InvalidParameter error) {
        return error.parameter().equals("nextToken");
    }

    /// With what a client needs to go on: where the upload really stands.
    private static OciError outOfOrder(RegistryError.InvalidLayerPart error) {
        var location = SpecForm.uploadLocation(error.repository().name(), error.upload());
        var told = error(416, UPLOAD_INVALID, error)
                .with("Location", location)
                .with("Docker-Upload-UUID", error.upload().value());
        return SpecForm.trueRange(error.lastValidByteReceived() + 1)
                .map(range -> told.with("Range", range))
                .orElse(told);
    }
}
