package entrepot.oci;

import entrepot.domain.Digest;
import entrepot.domain.Reference;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.domain.UploadId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a request on `/v2` asks for, understood once. [OciPath] reads it; none of these is malformed.
///
/// Source: OCI distribution specification, "Endpoints". A HEAD that differs from its GET by the missing body alone is
/// the same request; `http` leaves the body out.
sealed interface OciRequest {

    /// Whether this is a registry, and the credential good.
    record Ping() implements OciRequest {}

    /// A page of the repositories' names.
    ///
    /// @param n how many names at most; longer pages than the longest are the operation's to shorten
    /// @param last any text; the page is of what comes after it
    record Catalog(int n, @Nullable String last) implements OciRequest {}

    /// A page of a repository's tags.
    ///
    /// @param n how many tags at most
    /// @param last any text; the page is of what comes after it
    record ListTags(
            RepositoryName repository, int n, @Nullable String last) implements OciRequest {}

    /// About one manifest.
    sealed interface OfManifest extends OciRequest {}

    record GetManifest(RepositoryName repository, Reference reference) implements OfManifest {}

    /// Stores a manifest.
    ///
    /// @param tags to point at it too, each once
    record PutManifest(RepositoryName repository, Reference reference, List<Tag> tags) implements OfManifest {}

    record DeleteManifest(RepositoryName repository, Reference reference) implements OfManifest {}

    /// A page of the manifests that are about another one.
    ///
    /// @param artifactTypes any of these; empty for all
    /// @param n how many at most
    /// @param nextToken where the page before it ended
    record ListReferrers(
            RepositoryName repository,
            Digest subject,
            List<String> artifactTypes,
            int n,
            @Nullable String nextToken) implements OciRequest {}

    /// About one blob that is there, or not.
    sealed interface OfBlob extends OciRequest {}

    record GetBlob(RepositoryName repository, Digest digest) implements OfBlob {}

    record HeadBlob(RepositoryName repository, Digest digest) implements OfBlob {}

    record DeleteBlob(RepositoryName repository, Digest digest) implements OfBlob {}

    /// About a blob on its way here.
    sealed interface OfUpload extends OciRequest {}

    /// Begins an upload.
    ///
    /// @param digest the whole blob is the body, and this its digest
    record StartUpload(RepositoryName repository, @Nullable Digest digest) implements OfUpload {}

    /// Asks for a blob of another repository in place of an upload.
    ///
    /// @param from the repository that has it; null for any
    record MountBlob(
            RepositoryName repository,
            Digest digest,
            @Nullable RepositoryName from) implements OfUpload {}

    record UploadStatus(RepositoryName repository, UploadId upload) implements OfUpload {}

    record PatchUpload(RepositoryName repository, UploadId upload) implements OfUpload {}

    record FinishUpload(RepositoryName repository, UploadId upload, Digest digest) implements OfUpload {}

    record CancelUpload(RepositoryName repository, UploadId upload) implements OfUpload {}
}
