package entrepot.domain;

/// Whose rules hold for a call: ECR's, or the OCI distribution specification's. The JSON API and `/v2` each have one,
/// and others where `compat: ecr` is configured. What differs is a row of [Difference], and nothing else does.
public enum Law {

    /// The JSON API's.
    ECR,

    /// That of `/v2`, and of what the registry does itself.
    OCI,

    /// The JSON API's, with `compat: ecr`.
    ECR_TO_THE_LETTER,

    /// That of `/v2`, with `compat: ecr`.
    ECR_ON_V2;

    /// Of the JSON API.
    public static Law ofJson(Compat compat) {
        return compat == Compat.ECR ? ECR_TO_THE_LETTER : ECR;
    }

    /// Of `/v2`.
    public static Law ofV2(Compat compat) {
        return compat == Compat.ECR ? ECR_ON_V2 : OCI;
    }

    /// Whether ECR's side of a difference holds.
    public boolean isEcrs(Difference difference) {
        return switch (difference.switched()) {
            case NOWHERE -> isOfJson();
            case ON_V2 -> this != OCI;
            case ON_BOTH -> this == ECR_TO_THE_LETTER || this == ECR_ON_V2;
        };
    }

    private boolean isOfJson() {
        return this == ECR || this == ECR_TO_THE_LETTER;
    }

    /// OCI stores an image manifest that names no layers.
    public boolean allowsImagesWithoutLayers() {
        return !isEcrs(Difference.IMAGE_WITHOUT_LAYERS);
    }

    /// OCI takes a member that is `null` or an empty text for absent, where it may be absent.
    public boolean allowsNullMembers() {
        return !isEcrs(Difference.NULL_MEMBER);
    }

    /// OCI stores media types with parameters (`;`) in a manifest.
    public boolean allowsMediaTypeParameters() {
        return !isEcrs(Difference.MEDIA_TYPE_PARAMETER);
    }

    /// OCI has blobs of no bytes.
    public boolean allowsEmptyBlobs() {
        return !isEcrs(Difference.EMPTY_BLOB);
    }

    /// OCI has no smallest part; ECR wants 5 MiB of every part but the last.
    public boolean allowsSmallParts() {
        return !isEcrs(Difference.SMALL_PART);
    }

    /// ECR has a most number of parts; to OCI only bytes count, whatever chunks they come in.
    public boolean countsParts() {
        return isEcrs(Difference.NUMBER_OF_PARTS);
    }

    /// `/v2` answers the second push of the same image or layer as it answered the first; the JSON API refuses it.
    public boolean repeatingSucceeds() {
        return !isEcrs(Difference.SAME_AGAIN);
    }

    /// To ECR a push of the same image to a tag that cannot be moved is one that moves it.
    public boolean refusesSameImmutableTag() {
        return isEcrs(Difference.SAME_IMMUTABLE_TAG);
    }

    /// The JSON API answers a part that was sent again as before if the bytes are the same; all else is told where the
    /// upload stands.
    public boolean takesPartsAgain() {
        return isOfJson() && !isEcrs(Difference.SAME_PART_AGAIN);
    }

    /// The JSON API answers a batch of manifests of which none can be decrypted with a failure for each; `/v2`, where
    /// one is asked for, refuses.
    public boolean tellsEachManifestWithoutKey() {
        return isEcrs(Difference.MANIFEST_WITHOUT_KEY);
    }

    /// ECR deletes the image with its last tag; OCI deletes a tag and nothing else.
    public boolean lastTagTakesTheImage() {
        return isEcrs(Difference.LAST_TAG);
    }

    /// The longest page of referrers. ECR's has 50; OCI names none, and not every client asks for the next page.
    public int longestPageOfReferrers() {
        return isEcrs(Difference.PAGE_OF_REFERRERS) ? 50 : 1_000;
    }

    /// `/v2` asks for layers before it pulls them, and so another registry is asked for them; the JSON API asks before
    /// a push.
    public boolean looksUpstreamForLayers() {
        return !isEcrs(Difference.LAYER_ELSEWHERE);
    }

    /// OCI answers a page longer than the longest with the longest; ECR refuses it.
    public boolean shortensLongPages() {
        return !isEcrs(Difference.LONG_PAGE);
    }

    /// ECR gives nobody a layer that no manifest of its repository names.
    public boolean servesUnnamedLayers() {
        return !isEcrs(Difference.UNNAMED_LAYER);
    }

    /// ECR mounts a layer only from a repository that is named, and has a manifest that names the layer.
    public boolean mountsAnyLayer() {
        return !isEcrs(Difference.MOUNT);
    }

    /// Whether a refusal says more than ECR's own text.
    public boolean explains() {
        return !isEcrs(Difference.EXPLANATION);
    }
}
