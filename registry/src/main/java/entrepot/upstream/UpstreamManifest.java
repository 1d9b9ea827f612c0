package entrepot.upstream;

import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;

/// A manifest of another registry, whose digest has been verified over the bytes.
///
/// @param digest that was asked for; for a tag, what the registry calls it, else by SHA-256
public record UpstreamManifest(Digest digest, MediaType mediaType, ManifestBytes bytes) {}
