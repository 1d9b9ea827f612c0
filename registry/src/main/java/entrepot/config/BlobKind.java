package entrepot.config;

/// What keeps the blobs. Another kind is a record here, which reads its own keys, and a case in the server's
/// `Stores`, which opens it.
public sealed interface BlobKind {

    /// Files in the data folder.
    record Disk() implements BlobKind {}
}
