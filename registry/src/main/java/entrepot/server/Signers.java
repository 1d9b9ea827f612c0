package entrepot.server;

import entrepot.auth.KnownKeys;
import entrepot.auth.token.BlobLinks;
import entrepot.auth.token.RegistryTokens;
import entrepot.auth.token.ServerSecrets;
import entrepot.store.MetadataStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// What the registry signs itself, and the secrets that it signs with.
///
/// @param secrets all of them, which must take turns
record Signers(RegistryTokens tokens, BlobLinks links, List<ServerSecrets> secrets) {

    /// As long as a link of ECR's to a layer.
    private static final Duration LINK_LIFETIME = Duration.ofHours(1);

    static Signers with(MetadataStore metadata, KnownKeys keys, InstantSource clock, Duration tokenLifetime) {
        var ofTokens = secrets(metadata, "registry-token-key", tokenLifetime, clock);
        var ofLinks = secrets(metadata, "blob-link-key", LINK_LIFETIME, clock);
        return new Signers(
                new RegistryTokens(ofTokens, keys, tokenLifetime),
                new BlobLinks(ofLinks, keys, LINK_LIFETIME),
                List.of(ofTokens, ofLinks));
    }

    private static ServerSecrets secrets(MetadataStore metadata, String name, Duration lifetime, InstantSource clock) {
        return new ServerSecrets(metadata, name, lifetime, clock, new SecureRandom());
    }
}
