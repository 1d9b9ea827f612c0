package entrepot.config;

/// What keeps all that is not a blob. Another kind is a record here, which reads its own keys, and a case in the
/// server's
/// `Stores`, which opens it.
public sealed interface MetadataKind {

    /// One file in the data folder, for one process.
    record Sqlite() implements MetadataKind {}
}
