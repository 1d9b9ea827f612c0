package entrepot.config;

import entrepot.domain.RegistryId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The keys that repositories are encrypted by which ask for it.
///
/// @param service what keeps them
/// @param memory how long a data key is remembered that it unwrapped; none for not at all
public record Keys(KeyServiceKind service, Duration memory) {

    private static final Duration USUAL_MEMORY = Duration.ofMinutes(5);

    static final Keys USUAL = new Keys(new KeyServiceKind.Local(), USUAL_MEMORY);

    static Keys read(Sources sources) {
        var aws = aws(sources);
        return new Keys(
                sources.value("kms.type", USUAL.service(), type -> kind(type, aws)),
                sources.value("kms.cache", USUAL_MEMORY, Durations::parseOrNone));
    }

    private static KeyServiceKind kind(String type, KeyServiceKind.Aws aws) {
        return switch (type) {
            case "local" -> USUAL.service();
            case "none" -> new KeyServiceKind.None();
            case "aws" -> aws;
            default -> throw new IllegalArgumentException("must be local, none or aws");
        };
    }

    private static KeyServiceKind.Aws aws(Sources sources) {
        return new KeyServiceKind.Aws(
                sources.optional("kms.endpoint", text -> endpoint(text, "https://kms.example.com"))
                        .orElse(null),
                sources.optional("kms.region", Keys::region).orElse(null),
                credentials(sources));
    }

    private static KeyServiceKind.@Nullable Credentials credentials(Sources sources) {
        var id = sources.optional("kms.access-key-id", text -> text);
        var secret = sources.optional("kms.secret-access-key-file", Path::of);
        if (id.isPresent() != secret.isPresent()) {
            throw new ConfigException("kms.access-key-id and kms.secret-access-key-file go together");
        }
        return id.isPresent() && secret.isPresent() ? new KeyServiceKind.Credentials(id.get(), secret.get()) : null;
    }

    static URI endpoint(String text, String example) {
        var endpoint = URI.create(text);
        if (endpoint.getHost() == null || !String.valueOf(endpoint.getScheme()).matches("https?")) {
            throw new IllegalArgumentException("must be an address such as " + example);
        }
        return endpoint;
    }

    private static String region(String text) {
        if (!RegistryId.isRegion(text)) {
            throw new IllegalArgumentException("must be a region such as us-east-1");
        }
        return text;
    }
}
