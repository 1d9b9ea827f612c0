package entrepot.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the server tells of itself.
///
/// @param log how the log is written
/// @param audit where every decision is written
/// @param metrics where metrics are shown; null for nowhere
/// @param told who is told of changes of images
public record Reports(LogFormat log, Audit audit, @Nullable Metrics metrics, Told told) {

    /// Where metrics are shown, to whoever can reach it.
    ///
    /// @param port 0 takes any free one
    public record Metrics(String host, int port) {}

    /// One line of text for each event, or one JSON object.
    public enum LogFormat {
        TEXT,
        JSON
    }

    /// Where every decision is written.
    public sealed interface Audit {

        record Off() implements Audit {}

        record Stdout() implements Audit {}

        record File(Path path) implements Audit {}
    }

    static Reports read(Sources sources, List<EventTarget> targets) {
        return new Reports(
                sources.value("log.format", LogFormat.TEXT, Reports::format),
                sources.value("audit", new Audit.Off(), Reports::audit),
                metrics(sources),
                Told.read(sources, targets));
    }

    private static @Nullable Metrics metrics(Sources sources) {
        var host = sources.optional("metrics.host", ListenHost::parse);
        var port = sources.optional("metrics.port", Sources::port);
        if (host.isPresent() && port.isEmpty()) {
            throw new ConfigException("metrics.host needs metrics.port");
        }
        return port.map(number -> new Metrics(host.orElse("127.0.0.1"), number)).orElse(null);
    }

    private static LogFormat format(String text) {
        return switch (text) {
            case "text" -> LogFormat.TEXT;
            case "json" -> LogFormat.JSON;
            default -> throw new IllegalArgumentException("must be text or json");
        };
    }

    private static Audit audit(String text) {
        return switch (text) {
            case "off" -> new Audit.Off();
            case "stdout" -> new Audit.Stdout();
            default -> new Audit.File(Path.of(text));
        };
    }
}
