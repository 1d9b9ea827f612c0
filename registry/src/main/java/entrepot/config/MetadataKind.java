package entrepot.config;

/// What keeps all that is not a blob. Another kind is a record here, which has what its keys say, and a case in the
/// server's `Backend`, which says how it is opened.
public sealed interface MetadataKind {

    /// One file in the data folder, for one process.
    record Sqlite() implements MetadataKind {}
}
