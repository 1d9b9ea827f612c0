package entrepot.config;

import java.nio.file.Path;

/// What the server tells of itself.
///
/// @param log how the log is written
/// @param audit where every decision is written
public record Reports(LogFormat log, Audit audit) {

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

    static Reports read(Sources sources) {
        return new Reports(
                sources.value("log.format", LogFormat.TEXT, Reports::format),
                sources.value("audit", new Audit.Off(), Reports::audit));
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
