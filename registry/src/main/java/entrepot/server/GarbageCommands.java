package entrepot.server;

import entrepot.job.GarbagePass;
import entrepot.job.GarbagePass.Report;
import entrepot.job.LostLeaseException;
import entrepot.store.Garbage.Amount;
import entrepot.store.Garbage.Discarded;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.json.JsonMapper;

/// What an administrator asks of collection, in a running server or without one.
///
/// @param isRunning whether this process collects just now
public record GarbageCommands(GarbagePass pass, BooleanSupplier isRunning) {

    /// The administrator's command; its arguments are a [Mode], `text` or `json`, and a grace in ISO 8601's form, or
    /// nothing for the usual one.
    public static final String NAME = "gc";

    private static final JsonMapper JSON = new JsonMapper();

    /// What is asked.
    public enum Mode {
        STATUS,
        DRY_RUN,
        NOW
    }

    /// Does it, and gives the lines to print. None where a pass is to run while another one does: who asked may ask
    /// again. Waiting here would go on when he has gone.
    public List<String> run(List<String> arguments) throws IOException {
        if (arguments.size() != 3) {
            throw new IOException("gc takes three arguments");
        }
        var grace =
                arguments.get(2).isEmpty() ? Optional.<Duration>empty() : Optional.of(Duration.parse(arguments.get(2)));
        var report = report(Mode.valueOf(arguments.get(0)), grace);
        var isJson = arguments.get(1).equals("json");
        return report.map(it -> isJson ? List.of(JSON.writeValueAsString(json(it))) : text(it))
                .orElse(List.of());
    }

    private Optional<Report> report(Mode mode, Optional<Duration> grace) throws IOException {
        return switch (mode) {
            case STATUS -> Optional.of(pass.status());
            case DRY_RUN -> Optional.of(pass.dryRun(grace));
            case NOW -> now(grace);
        };
    }

    private Optional<Report> now(Optional<Duration> grace) throws IOException {
        try {
            return pass.run(grace);
        } catch (LostLeaseException e) {
            throw new IOException("another pass goes on in its place, since this one was asleep for too long", e);
        }
    }

    private Map<String, Object> json(Report report) {
        var waiting = json(report.waiting());
        waiting.put(
                "since",
                report.since()
                        .map(time -> time.truncatedTo(ChronoUnit.MILLIS).toString())
                        .orElse(null));
        var document = new LinkedHashMap<String, Object>();
        document.put("waiting", waiting);
        document.put("kept", Map.of("bytes", report.kept().bytes()));
        document.put("freed", json(report.freed()));
        document.put(
                "failed", report.failed().stream().map(GarbageCommands::failure).toList());
        document.put("running", isRunning.getAsBoolean());
        return document;
    }

    private static Map<String, Object> json(Amount amount) {
        var members = new LinkedHashMap<String, Object>();
        members.put("layers", amount.blobs());
        members.put("bytes", amount.bytes());
        return members;
    }

    private static Map<String, Object> failure(Discarded failed) {
        var members = new LinkedHashMap<String, Object>();
        members.put("key", failed.key().value());
        members.put("tries", failed.tries());
        members.put("error", failed.error());
        return members;
    }

    private List<String> text(Report report) {
        var lines = new ArrayList<String>();
        var since = report.since()
                .map(time -> ", since " + time.truncatedTo(ChronoUnit.MILLIS))
                .orElse("");
        lines.add("waiting: " + words(report.waiting()) + since);
        lines.add("kept: %d bytes".formatted(report.kept().bytes()));
        lines.add("freed: " + words(report.freed()));
        lines.add("failed: " + report.failed().size());
        report.failed()
                .forEach(failed ->
                        lines.add("%s failed %d times: %s".formatted(failed.key(), failed.tries(), failed.error())));
        lines.add(isRunning.getAsBoolean() ? "running" : "not running");
        return lines;
    }

    private static String words(Amount amount) {
        return "%d layers, %d bytes".formatted(amount.blobs(), amount.bytes());
    }
}
