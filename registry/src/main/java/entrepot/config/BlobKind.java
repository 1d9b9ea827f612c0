package entrepot.config;

/// What keeps the blobs. Another kind is a record here, which has what its keys say, and a case in the server's
/// `Backend`, which says how it is opened.
public sealed interface BlobKind {

    /// Files in the data folder.
    record Disk() implements BlobKind {}
}
