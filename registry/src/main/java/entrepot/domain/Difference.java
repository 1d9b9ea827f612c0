package entrepot.domain;

/// Where ECR and the OCI distribution specification differ, or ECR and what is done here: the one table that the code
/// asks, by [Law], and that `docs/compat.md` shows. `compat: ecr` has a row's `ecr` in the place of its `oci`.
///
/// Sources: ECR API and user guide; for what is observed, the issues that the tests and `docs/compat.md` name.
public enum Difference {
    IMAGE_WITHOUT_LAYERS(
            Switched.ON_V2, Known.OBSERVED, "manifest with no layers", "refused", "stored", "405 `UNSUPPORTED`"),
    MEDIA_TYPE_PARAMETER(
            Switched.ON_V2, Known.OBSERVED, "`;` in media types", "refused", "stored", "405 `UNSUPPORTED`"),
    NULL_MEMBER(
            Switched.ON_V2,
            Known.INFERRED,
            "member that may be absent is `null` or empty; index without `manifests`",
            "refused",
            "as absent",
            "405 `UNSUPPORTED`"),
    UNREADABLE_MANIFEST(
            Switched.ON_V2,
            Known.OBSERVED,
            "manifest that cannot be read",
            "InvalidParameterException",
            "400 `MANIFEST_INVALID`",
            "405 `UNSUPPORTED`"),
    LARGE_MANIFEST(
            Switched.ON_V2,
            Known.INFERRED,
            "manifest above 4 MiB",
            "InvalidParameterException",
            "413 `MANIFEST_INVALID`",
            "405 `UNSUPPORTED`"),
    MISSING_LAYER(
            Switched.ON_V2,
            Known.OBSERVED_BUT_STATUS,
            "manifest whose layer is missing",
            "LayersNotFoundException",
            "404 `MANIFEST_BLOB_UNKNOWN`",
            "404 `BLOB_UPLOAD_UNKNOWN`"),
    MISSING_CHILD(
            Switched.ON_V2,
            Known.OBSERVED_BUT_STATUS,
            "index whose child is missing, or a layer",
            "ReferencedImagesNotFoundException",
            "404 `MANIFEST_BLOB_UNKNOWN`",
            "400 `MANIFEST_BLOB_UNKNOWN`"),
    EXPLANATION(
            Switched.ON_BOTH,
            Known.OBSERVED,
            "why a manifest is 'Invalid JSON syntax'",
            "said behind ECR's text; with `ecr` not said",
            "`detail` of the error",
            "not said"),
    SAME_AGAIN(Switched.NOWHERE, Known.OBSERVED, "same image or layer again", "…AlreadyExistsException", "201", "201"),
    SAME_IMMUTABLE_TAG(
            Switched.ON_V2,
            Known.OBSERVED,
            "same image, same tag, which is immutable",
            "ImageAlreadyExistsException (users report either)",
            "201",
            "400 `TAG_INVALID`"),
    LAST_TAG(
            Switched.ON_V2,
            Known.INFERRED,
            "delete by the last tag",
            "the image goes",
            "only the tag goes",
            "the image goes"),
    EMPTY_BLOB(
            Switched.ON_V2,
            Known.OBSERVED,
            "blob of no bytes",
            "EmptyUploadException",
            "stored",
            "400 `BLOB_UPLOAD_INVALID`"),
    SMALL_PART(
            Switched.ON_V2,
            Known.OBSERVED_BUT_STATUS,
            "part below 5 MiB that is not the last",
            "LayerPartTooSmallException at the end",
            "taken",
            "400 `BLOB_UPLOAD_INVALID` at the end"),
    NUMBER_OF_PARTS(
            Switched.ON_V2,
            Known.INFERRED,
            "number of parts of an upload",
            "`limits.parts-per-layer`",
            "only bytes count",
            "`limits.parts-per-layer`"),
    SAME_PART_AGAIN(
            Switched.ON_BOTH,
            Known.INFERRED,
            "part sent again with the same range and bytes",
            "answered as before; with `ecr` InvalidLayerPartException",
            "416, true Range",
            "416, true Range"),
    CHUNK_STATUS(Switched.ON_V2, Known.OBSERVED, "status of a chunk (`PATCH`)", "-", "202", "201"),
    CHUNK_RANGE(
            Switched.ON_V2, Known.OBSERVED, "`Range` of an upload", "-", "true", "no further than the first 10 MiB"),
    CHUNK_LENGTH(Switched.ON_V2, Known.OBSERVED, "`OCI-Chunk-Min-Length`", "-", "5242880", "10485760"),
    UPLOAD_STATUS(
            Switched.ON_V2,
            Known.UNKNOWN,
            "`GET` of an upload",
            "-",
            "204, where it stands",
            "404 `BLOB_UPLOAD_UNKNOWN`"),
    MOUNT(
            Switched.ON_BOTH,
            Known.OBSERVED,
            "mount without `from`, or of a layer that no manifest there names",
            "-",
            "201",
            "202, an upload"),
    UNNAMED_LAYER(
            Switched.ON_BOTH,
            Known.DOCUMENTED_IN_JSON,
            "pull of a layer that no manifest names",
            "served; with `ecr` LayerInaccessibleException",
            "served",
            "404 `BLOB_UNKNOWN`"),
    BLOB_REDIRECT(
            Switched.ON_V2,
            Known.OBSERVED,
            "`GET` of a blob",
            "-",
            "200, the bytes (307 with `blobs.redirect`)",
            "307 to an address that needs no login"),
    BLOB_DELETION(Switched.ON_V2, Known.OBSERVED, "`DELETE` of a blob", "-", "202", "405 `UNSUPPORTED`"),
    MANIFEST_DIGEST(
            Switched.ON_V2,
            Known.OBSERVED,
            "`Docker-Content-Digest` of a `GET` of a manifest",
            "-",
            "sent",
            "not sent"),
    PRECONDITION(
            Switched.ON_V2,
            Known.UNKNOWN,
            "`If-Match`, `If-None-Match`, `If-Range`",
            "-",
            "obeyed, 412 or 304",
            "ignored"),
    LONG_PAGE(
            Switched.ON_V2,
            Known.OBSERVED,
            "page above the longest",
            "InvalidParameterException",
            "the longest",
            "405 `UNSUPPORTED`"),
    USUAL_PAGE(Switched.ON_V2, Known.OBSERVED, "page of tags or repositories without `n`", "100", "1,000", "100"),
    PAGING(
            Switched.ON_V2,
            Known.OBSERVED,
            "next page of tags or repositories",
            "opaque token",
            "`last` is a name; relative `Link`",
            "`last` is an opaque token; absolute `Link`"),
    TAG_LIST_TYPE(
            Switched.ON_V2,
            Known.OBSERVED,
            "type of a list of tags",
            "-",
            "`application/json`",
            "`text/plain; charset=utf-8`"),
    PAGE_OF_REFERRERS(Switched.ON_V2, Known.INFERRED, "longest page of referrers", "50", "1,000", "50; above it 405"),
    EXPIRED_TOKEN(
            Switched.ON_V2,
            Known.OBSERVED,
            "expired token",
            "-",
            "401 `UNAUTHORIZED`, with a challenge",
            "403 `DENIED`, without one"),
    NO_LOGIN(
            Switched.ON_V2,
            Known.OBSERVED,
            "body of the answer to no login",
            "-",
            "an error in JSON",
            "`Not Authorized` as text"),
    MANIFEST_WITHOUT_KEY(
            Switched.NOWHERE,
            Known.UNKNOWN,
            "manifest that cannot be decrypted",
            "failure `KmsError` for each image",
            "refused",
            "refused"),
    LAYER_ELSEWHERE(
            Switched.NOWHERE,
            Known.UNKNOWN,
            "layer that another registry may have, where one asks whether it is there",
            "not looked for",
            "looked for",
            "looked for");

    /// Where `compat: ecr` changes something.
    public enum Switched {
        /// The doors differ as ECR's own do, or nobody knows that they do otherwise.
        NOWHERE,
        /// The JSON API has ECR's side always.
        ON_V2,
        /// The JSON API has ECR's side with `compat: ecr` alone.
        ON_BOTH
    }

    /// How what ECR does is known.
    public enum Known {
        DOCUMENTED_IN_JSON("documented for the API; inferred for `/v2`"),
        OBSERVED("seen of the live service"),
        OBSERVED_BUT_STATUS("seen of the live service, but for the status, which is inferred"),
        INFERRED("not for sure: inferred from what is known"),
        UNKNOWN("not known");

        private final String words;

        Known(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private final Switched switched;
    private final Known known;
    private final String point;
    private final String json;
    private final String oci;
    private final String ecr;

    /// @param point what a request is about, as Markdown
    /// @param json what the JSON API does; `-` where it has no form for it
    /// @param oci what `/v2` does with `compat: oci`
    /// @param ecr what `/v2` does with `compat: ecr`
    Difference(Switched switched, Known known, String point, String json, String oci, String ecr) {
        this.switched = switched;
        this.known = known;
        this.point = point;
        this.json = json;
        this.oci = oci;
        this.ecr = ecr;
    }

    public Switched switched() {
        return switched;
    }

    public Known known() {
        return known;
    }

    /// As a row of a table in Markdown.
    public String row() {
        return "| %s | %s | %s | %s | %s |".formatted(point, json, oci, ecr, known);
    }
}
