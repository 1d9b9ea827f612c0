package entrepot.domain;

/// Whose rules hold for a call: ECR's, which came by the JSON API, or the OCI distribution specification's, which
/// came by `/v2`. Every rule that differs is a question here; nothing else differs between the two doors.
public enum Law {
    ECR,
    OCI;

    /// OCI stores an image manifest that names no layers.
    public boolean allowsImagesWithoutLayers() {
        return this == OCI;
    }

    /// OCI takes a member that is `null` or an empty text for absent, where it may be absent.
    public boolean allowsNullMembers() {
        return this == OCI;
    }

    /// OCI stores media types with parameters (`;`) in a manifest.
    public boolean allowsMediaTypeParameters() {
        return this == OCI;
    }

    /// OCI has blobs of no bytes.
    public boolean allowsEmptyBlobs() {
        return this == OCI;
    }

    /// OCI has no smallest part; ECR wants 5 MiB of every part but the last.
    public boolean allowsSmallParts() {
        return this == OCI;
    }

    /// ECR has a most number of parts; on `/v2` only bytes count, whatever chunks they come in.
    public boolean countsParts() {
        return this == ECR;
    }

    /// OCI answers the second push of the same image or layer as it answered the first; ECR refuses it.
    public boolean repeatingSucceeds() {
        return this == OCI;
    }

    /// OCI answers a part that was sent again with the range it has; ECR answers as before if the bytes are the same.
    public boolean takesPartsAgain() {
        return this == ECR;
    }

    /// ECR answers a batch of manifests of which none can be decrypted with a failure for each; OCI, where one is asked
    /// for, refuses.
    public boolean tellsEachManifestWithoutKey() {
        return this == ECR;
    }

    /// ECR deletes the image with its last tag; OCI deletes a tag and nothing else.
    public boolean lastTagTakesTheImage() {
        return this == ECR;
    }

    /// The longest page of referrers. ECR's has 50; OCI names none, and not every client asks for the next page.
    public int longestPageOfReferrers() {
        return this == OCI ? 1_000 : 50;
    }

    /// OCI asks for layers before it pulls them, and so another registry is asked for them; ECR asks before a push.
    public boolean looksUpstreamForLayers() {
        return this == OCI;
    }

    /// OCI answers a page longer than the longest with the longest; ECR refuses it.
    public boolean shortensLongPages() {
        return this == OCI;
    }
}
