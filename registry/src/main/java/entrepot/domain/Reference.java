package entrepot.domain;

/// What names a manifest within a repository: a tag, which moves, or a digest, which does not.
public sealed interface Reference permits Tag, Digest {

    /// Fails with [ImageError.InvalidTag] or [RepositoryError.InvalidDigest].
    static Reference parse(String text) {
        return text.indexOf(':') < 0 ? new Tag(text) : Digest.parse(text);
    }
}
