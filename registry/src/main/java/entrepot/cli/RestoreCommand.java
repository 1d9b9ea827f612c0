package entrepot.cli;

import entrepot.backup.Restore;
import entrepot.config.Config;
import entrepot.config.PlaceAddress;
import entrepot.config.Storage;
import entrepot.server.Restored;
import entrepot.server.Stores;
import entrepot.store.BackupPlace;
import entrepot.store.MoveTarget.Moved;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Takes a snapshot into stores that are empty.
@Command(
        name = "restore",
        description = {
            "Makes a registry of a snapshot, in stores that are empty, or that hold a restore of the same snapshot that was",
            "cut off, which goes on. All digests are verified on the way. The registry has a server key of its own then,",
            "and is another one than that of the backups: it is backed up to another place."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RestoreCommand implements Callable<Integer> {

    @Option(
            names = "--from",
            paramLabel = "DIR|s3://BUCKET/PREFIX",
            required = true,
            description = "Where the backups are.")
    @SuppressWarnings("NullAway.Init") // required
    private String from;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "The newest snapshot that is not after (default: of all).")
    private @Nullable String at;

    @Option(
            names = "--server-key-file",
            paramLabel = "FILE",
            description = "The key of the registry that was backed up, where it is not in the backup.")
    private @Nullable Path serverKey;

    @Option(names = "--data", paramLabel = "NEW", description = "The data folder that it goes into.")
    private @Nullable String data;

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration of where it goes.")
    private @Nullable Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (data == null && file == null) {
            throw new ParameterException(spec.commandLine(), "--data or --config: where does it go?");
        }
        var target = Config.load(data == null ? Map.of() : Map.of("data", data), System.getenv(), file)
                .storage();
        var out = spec.commandLine().getOut();
        try (var place = Stores.readPlace(PlaceAddress.of(from, System.getenv()))) {
            restore(place, target, out);
        }
        out.flush();
        return 0;
    }

    private void restore(BackupPlace place, Storage target, PrintWriter out) throws IOException {
        var snapshot = Restore.of(place, time());
        var restored = Restored.of(place, snapshot, serverKey);
        try (var progress = MoveProgress.onTerminal(out, "restore")) {
            var moved = restored.into(target, progress);
            progress.end();
            out.println(words(moved, snapshot.time()));
        }
    }

    private Optional<Instant> time() {
        try {
            return Optional.ofNullable(at)
                    .map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    spec.commandLine(), "--at: %s is no time such as 2026-11-29T08:00:00Z".formatted(at));
        }
    }

    private static String words(Moved moved, Instant time) {
        return "restored %d repositories, %d images, %d blobs (%d bytes), as of %s"
                .formatted(moved.repositories(), moved.images(), moved.blobs(), moved.bytes(), time);
    }
}
