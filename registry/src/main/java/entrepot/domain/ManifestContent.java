package entrepot.domain;

/// A manifest to be answered: its bytes, or where they can be read.
public sealed interface ManifestContent permits ManifestBytes, StoredManifest {

    /// In bytes.
    int length();
}
