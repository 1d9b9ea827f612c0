package entrepot.comparison;

/// What may come of a call, as each door words it: ECR's code, or status and code of `/v2`.
public enum Outcome {
    DONE("ok", "ok"),
    REPOSITORY_EXISTS("RepositoryAlreadyExistsException", ""),
    REPOSITORY_ABSENT("RepositoryNotFoundException", "404 NAME_UNKNOWN"),
    REPOSITORY_NOT_EMPTY("RepositoryNotEmptyException", ""),
    MANIFEST_INVALID("InvalidParameterException", "400 MANIFEST_INVALID"),
    MANIFEST_THERE("ImageAlreadyExistsException", "ok"),
    LAYERS_ABSENT("LayersNotFoundException", "404 MANIFEST_BLOB_UNKNOWN"),
    CHILDREN_ABSENT("ReferencedImagesNotFoundException", "404 MANIFEST_BLOB_UNKNOWN"),
    DIGEST_OF_ANOTHER("ImageDigestDoesNotMatchException", "400 MANIFEST_INVALID"),
    TAG_TAKEN("ImageTagAlreadyExistsException", "400 TAG_INVALID"),
    TOO_MANY("LimitExceededException", "403 DENIED"),
    IMAGE_ABSENT("ImageNotFound", "404 MANIFEST_UNKNOWN"),
    IMAGE_REFERENCED("ImageReferencedByManifestList", "405 UNSUPPORTED"),
    LAYER_ABSENT("UNAVAILABLE", "404 BLOB_UNKNOWN"),
    LAYER_REFERENCED("", "405 UNSUPPORTED"),
    LAYER_THERE("LayerAlreadyExistsException", "ok"),
    LAYER_EMPTY("EmptyUploadException", ""),
    LAYER_OF_ANOTHER("InvalidLayerException", "400 BLOB_UPLOAD_INVALID"),
    PART_TOO_SMALL("LayerPartTooSmallException", ""),
    PART_MISPLACED("InvalidLayerPartException", "416 BLOB_UPLOAD_INVALID"),
    UPLOAD_ABSENT("UploadNotFoundException", "404 BLOB_UPLOAD_UNKNOWN");

    private final String json;
    private final String v2;

    Outcome(String json, String v2) {
        this.json = json;
        this.v2 = v2;
    }

    public String at(boolean byJson) {
        return byJson ? json : v2;
    }
}
