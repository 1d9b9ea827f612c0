package entrepot.cli;

import entrepot.backup.Backup;
import entrepot.backup.Pruning;
import entrepot.backup.Registry.Secrets;
import entrepot.backup.Verification;
import entrepot.config.Config;
import entrepot.config.PlaceAddress;
import entrepot.config.Storage;
import entrepot.folder.WorkFolder;
import entrepot.server.BackedUp;
import entrepot.server.Stores;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Makes a snapshot of a registry, or says whether those that were made are whole.
@Command(
        name = "backup",
        description = {
            "Adds a snapshot of a registry to a folder or a part of a bucket. The registry may run meanwhile: all rows are",
            "of one moment. Bytes that are there already are not copied again, nor are those of a backup that was cut off.",
            "Open uploads are not in it, nor is the server key unless it is asked for, which all secrets are sealed under.",
            "A blob that is damaged in the registry is not in it and has a line, all others are, and the status is 1 then.",
            "With --verify each file that is there is read; one that is damaged has a line, and the status is 1 then."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "A bucket is reached as AWS's tools reach it: by AWS_REGION, AWS_ENDPOINT_URL_S3, AWS_ACCESS_KEY_ID and what",
            "else they know."
        })
final class BackupCommand implements Callable<Integer> {

    @Option(
            names = "--to",
            paramLabel = "DIR|s3://BUCKET/PREFIX",
            required = true,
            description = "Where backups of this registry are, and of no other.")
    @SuppressWarnings("NullAway.Init") // required
    private String to;

    @Option(
            names = "--keep",
            paramLabel = "N",
            description = "Then remove all but the newest N, and what only they name.")
    private @Nullable Integer keep;

    @Option(names = "--with-server-key", description = "With the server key and the credentials file.")
    private boolean withServerKey;

    @Option(names = "--verify", description = "Only say whether all is whole. Needs no registry.")
    private boolean verify;

    @Option(names = "--data", paramLabel = "DIR", description = "The registry's data folder.")
    private @Nullable String data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:ENTREPOT_CONFIG}",
            description =
                    "Says where everything is kept that is not in the folder (default: $ENTREPOT_CONFIG, else none).")
    private @Nullable Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (keep != null && keep < 1) {
            throw new ParameterException(spec.commandLine(), "--keep: must be 1 or more");
        }
        if (verify && (keep != null || withServerKey || data != null)) {
            throw new ParameterException(spec.commandLine(), "--verify goes with --to alone");
        }
        var address = PlaceAddress.of(to, System.getenv());
        var out = spec.commandLine().getOut();
        try {
            return verify ? verify(address, out) : backUp(address, out);
        } finally {
            out.flush();
        }
    }

    private static int verify(PlaceAddress address, PrintWriter out) throws IOException {
        try (var place = Stores.readPlace(address);
                var work = new WorkFolder();
                var progress = MoveProgress.onTerminal(out, "verify")) {
            var all = new Verification(place, work.path(), progress).run();
            progress.end();
            out.println("verified %d snapshots, %d blobs (%d bytes): %s"
                    .formatted(
                            all.snapshots(),
                            all.blobs(),
                            all.bytes(),
                            all.problems() == 0 ? "no problems" : all.problems() + " problem(s)"));
            return all.problems() == 0 ? 0 : 1;
        }
    }

    private int backUp(PlaceAddress address, PrintWriter out) throws IOException {
        try (var stores = Stores.read(storage());
                var place = Stores.ownPlace(address);
                var progress = MoveProgress.onTerminal(out, "copy")) {
            var registry = new BackedUp(storage(), stores, withServerKey);
            if (!registry.secrets().along().containsKey(Secrets.SERVER_KEY)) {
                progress.say(
                        "note: the server key is not in it, and nothing is restored without: keep a copy elsewhere");
            }
            var made = new Backup(registry, place, InstantSource.system(), progress).run();
            var removed = keep == null || made.damaged() > 0 ? null : new Pruning(place, progress).keep(keep);
            progress.end();
            out.println(words(made, removed));
            return made.damaged() == 0 ? 0 : 1;
        }
    }

    private Storage storage() {
        return Config.load(data == null ? Map.of() : Map.of("data", data), System.getenv(), file)
                .storage();
    }

    private static String words(Backup.Made made, Pruning.@Nullable Removed removed) {
        var all = made.all();
        var words =
                "backed up %d repositories, %d images, %d blobs (%d bytes), of them %d blobs (%d bytes) new, as of %s"
                        .formatted(
                                all.repositories(),
                                all.images(),
                                all.blobs(),
                                all.bytes(),
                                made.arrived().blobs(),
                                made.arrived().bytes(),
                                made.time());
        if (made.damaged() > 0) {
            return (words + "; %d blobs are not in it, since they are damaged here (entrepot check tells of them), and"
                            + " no older snapshot is removed")
                    .formatted(made.damaged());
        }
        return removed == null
                ? words
                : "%s; removed %d snapshots, %d blobs".formatted(words, removed.snapshots(), removed.blobs());
    }
}
