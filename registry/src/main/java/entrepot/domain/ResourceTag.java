package entrepot.domain;

/// An AWS resource tag: a key and a value that say something about a repository. Not an image's tag.
public record ResourceTag(String key, String value) {}
