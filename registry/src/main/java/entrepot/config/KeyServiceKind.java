package entrepot.config;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What keeps the keys of repositories that are encrypted by one. Another kind is a record here, which reads its own
/// keys of the configuration, and a case in the server's `Backend`, which opens it.
public sealed interface KeyServiceKind {

    /// Nothing: there are no such repositories.
    record None() implements KeyServiceKind {}

    /// The built-in one: keys lie in the metadata, under the server's key.
    record Local() implements KeyServiceKind {}

    /// AWS KMS, or what speaks as it does.
    ///
    /// @param endpoint null for AWS's own
    /// @param region null for that of each registry
    /// @param credentials null for what AWS's SDK finds
    record Aws(
            @Nullable URI endpoint,
            @Nullable String region,
            @Nullable Credentials credentials) implements KeyServiceKind {}

    /// As whom the service is asked.
    ///
    /// @param secretAccessKey a file with nothing else in it
    record Credentials(String accessKeyId, Path secretAccessKey) {}
}
