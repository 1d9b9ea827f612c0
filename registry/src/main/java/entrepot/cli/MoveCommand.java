package entrepot.cli;

import entrepot.config.BlobKind;
import entrepot.config.Config;
import entrepot.config.MetadataKind;
import entrepot.config.Storage;
import entrepot.folder.DataFolder;
import entrepot.move.Move;
import entrepot.move.Move.Beside;
import entrepot.server.Stores;
import entrepot.store.MoveTarget.Moved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Takes a registry from one shape into another.
@Command(
        name = "move",
        description = {
            "Moves a registry into other stores: all repositories, images, accounts, keys and settings, but for open",
            "uploads. Both sides are stopped meanwhile. The source is only read; the target is empty, or holds a move of",
            "the same registry that was cut off, which goes on. All digests are verified on the way."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Each file says all of its side: data, metadata, blobs, kms and server-key-file. The environment says nothing",
            "here, since it would say it of both. Secrets are sealed anew, under the target's server key."
        })
final class MoveCommand implements Callable<Integer> {

    @Option(names = "--from", paramLabel = "FILE", required = true, description = "The configuration of the source.")
    @SuppressWarnings("NullAway.Init") // required
    private Path from;

    @Option(names = "--to", paramLabel = "FILE", required = true, description = "The configuration of the target.")
    @SuppressWarnings("NullAway.Init") // required
    private Path to;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var source = storage(from);
        var target = storage(to);
        if (!Stores.exist(source)) {
            throw new IOException(source.data() + " is not the data folder of a registry");
        }
        if (isSame(source.data(), target.data())) {
            requireApart(source, target);
            try (var folder = own(source)) {
                return move(source, target, folder, Beside.NOTHING);
            }
        }
        try (var folder = Files.isDirectory(source.data()) ? own(source) : null;
                var into = own(target)) {
            return move(source, target, into, () -> bring(folder, into));
        }
    }

    private static void bring(@Nullable DataFolder from, DataFolder into) throws IOException {
        if (from != null) {
            into.credentials().bring(from.credentials());
        }
    }

    private static Storage storage(Path file) throws IOException {
        return Config.load(Map.of(), others(System.getenv()), file).storage();
    }

    /// Variables that are no keys, which a file may name.
    private static Map<String, String> others(Map<String, String> environment) {
        var others = new HashMap<>(environment);
        others.keySet().removeIf(name -> name.startsWith("ENTREPOT_"));
        return others;
    }

    private static DataFolder own(Storage storage) throws IOException {
        return DataFolder.own(storage.data(), Instant.now());
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        return Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
    }

    /// Of two that share a folder for what is a process's own.
    private static void requireApart(Storage source, Storage target) throws IOException {
        if (source.blobs() instanceof BlobKind.Disk && target.blobs() instanceof BlobKind.Disk) {
            throw new IOException("--from and --to have their blobs in the same folder, " + source.data());
        }
        if (source.metadata() instanceof MetadataKind.Sqlite && target.metadata() instanceof MetadataKind.Sqlite) {
            throw new IOException("--from and --to have their metadata in the same folder, " + source.data());
        }
    }

    private int move(Storage source, Storage target, DataFolder into, Beside beside) throws IOException {
        var out = spec.commandLine().getOut();
        try (var stores = Stores.read(source);
                var rows = Stores.moveFrom(source);
                var blobs = Stores.ownBlobs(target, into);
                var taking = Stores.moveInto(target, into);
                var progress = new MoveProgress(out, MoveProgress.isTerminal())) {
            var moved = new Move(
                            new Move.Source(stores.metadata(), stores.blobs(), stores.vault(), rows, false),
                            new Move.Target(blobs, taking, beside),
                            progress)
                    .run();
            progress.end();
            out.println(words(moved));
        }
        out.flush();
        return 0;
    }

    private static String words(Moved moved) {
        return "moved %d repositories, %d images, %d blobs (%d bytes)"
                .formatted(moved.repositories(), moved.images(), moved.blobs(), moved.bytes());
    }
}
