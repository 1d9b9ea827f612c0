package entrepot.config;

import entrepot.domain.EventFilter;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Who is told of changes of images.
///
/// @param kind where it is
/// @param filter what it wants
public record EventTarget(Kind kind, EventFilter filter) {

    /// Where it is told. Another kind is a record here, and a case in the server's `Targets`.
    public sealed interface Kind {}

    /// A server that takes a POST for each event.
    ///
    /// @param secret a file with what they are signed by
    public record Webhook(URI url, Path secret) implements Kind {}

    /// A file that gets a line for each event.
    public record File(Path path) implements Kind {}

    /// A queue of Amazon SQS, or of what speaks as it does.
    ///
    /// @param endpoint null for AWS's own
    /// @param credentials null for what AWS's SDK finds
    public record Sqs(
            URI queue,
            @Nullable URI endpoint,
            String region,
            @Nullable Credentials credentials) implements Kind {}

    /// As whom the queue is asked.
    ///
    /// @param secretAccessKey a file with nothing else in it
    public record Credentials(String accessKeyId, Path secretAccessKey) {}
}
