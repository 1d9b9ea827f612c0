package entrepot.server;

import entrepot.config.Config;
import entrepot.event.EventStatus;
import entrepot.event.EventTargets;
import entrepot.store.Events.Failure;
import entrepot.store.MetadataStore;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// What an administrator asks of events, in a running server or without one.
public record EventCommands(MetadataStore metadata, EventTargets targets) {

    /// The administrator's command; its arguments are where a replay begins, or none to be told how targets fare.
    public static final String NAME = "events";

    private static final int AT_ONCE = 500;
    private static final String NONE = "-";

    /// For a process that has no server.
    public static EventCommands with(Config config, MetadataStore metadata) throws IOException {
        return new EventCommands(metadata, Targets.listed(config.reports().told()));
    }

    /// Does it, and gives the lines to print.
    ///
    /// @throws IOException if there is nothing to replay from, in words for whoever asks
    public List<String> run(List<String> arguments) throws IOException {
        return arguments.isEmpty() ? status() : List.of(replay(arguments.getFirst()));
    }

    /// A line for each target, with tabs between: its address, how many events wait, when the oldest of them happened,
    /// and why a delivery failed last.
    private List<String> status() {
        return metadata.read(tx -> EventStatus.all(tx, targets.all())).stream()
                .map(EventCommands::line)
                .toList();
    }

    private static String line(EventStatus status) {
        var failure = status.failure().map(EventCommands::words).orElse(NONE);
        return String.join(
                "\t",
                status.address(),
                Long.toString(status.waiting()),
                status.oldest().map(EventCommands::time).orElse(NONE),
                status.isConfigured() ? failure : "not configured");
    }

    private static String words(Failure failure) {
        return time(failure.at()) + " " + failure.error().replaceAll("\\s", " ");
    }

    private static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /// Some at a time, so that nobody who writes waits for long.
    private String replay(String from) throws IOException {
        if (targets.all().isEmpty()) {
            throw new IOException("no events are configured");
        }
        var next = first(from);
        long replayed = 0;
        while (next.isPresent()) {
            var begin = next.get();
            var done = metadata.transactGuarded(tx -> tx.events().replay(begin, AT_ONCE));
            replayed += done.count();
            next = done.next();
        }
        return "replaying %d events".formatted(replayed);
    }

    private Optional<Long> first(String from) throws IOException {
        return isUuid(from) ? Optional.of(named(from)) : since(from);
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equals(text.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private long named(String id) throws IOException {
        return metadata.read(tx -> tx.events().find(id.toLowerCase(Locale.ROOT)))
                .orElseThrow(() -> new IOException("there is no event %s, or it is not kept any more".formatted(id)));
    }

    private Optional<Long> since(String text) throws IOException {
        try {
            var time = OffsetDateTime.parse(text).toInstant();
            return metadata.read(tx -> tx.events().firstSince(time));
        } catch (DateTimeException e) {
            throw new IOException("%s is no event's id, and no time such as 2026-01-31T12:00:00Z".formatted(text), e);
        }
    }
}
