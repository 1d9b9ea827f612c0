package entrepot.config;

import org.jspecify.annotations.Nullable;

/// The key of the configured account's root, given instead of made.
///
/// @param id such as `AKIAIOSFODNN7EXAMPLE`
public record RootKey(String id, Secret secret) {

    static @Nullable RootKey read(Sources sources) {
        var id = sources.optional("root-key.id", RootKey::id);
        var secret = sources.secret("root-key.secret");
        if (id.isPresent() != secret.isPresent()) {
            throw new ConfigException("root-key.id and root-key.secret-file go together");
        }
        return id.isPresent() && secret.isPresent() ? new RootKey(id.get(), secret.get()) : null;
    }

    private static String id(String text) {
        if (!text.matches("\\w{16,128}")) {
            throw new IllegalArgumentException("must be the id of an access key such as AKIAIOSFODNN7EXAMPLE");
        }
        return text;
    }
}
