package entrepot.scan.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.domain.RegistryException;
import entrepot.domain.ScannerDatabase;
import entrepot.domain.ScannerRules;
import entrepot.scan.WorkFolders;
import entrepot.scanner.DatabaseArchive;
import entrepot.scanner.ScanFailedException;
import entrepot.scanner.Scanner;
import entrepot.scanner.Scanners;
import entrepot.store.Reserve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The database that a registry has under a tag, in a folder of this process. It is looked for again and again; another
/// one takes the place of the last only when it has been fetched, unpacked, and tried with the scanner. Scans keep what
/// they began with. Of use to one thread that refreshes, and to any number that scan.
public final class FetchedDatabase implements Scanners {

    private static final Logger LOG = LoggerFactory.getLogger(FetchedDatabase.class);

    private static final String CURRENT = "current";
    private static final String FRESH = "fresh";
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64,128}");
    private static final long MOST_UNPACKED = 16L << 30;

    /// Where it could not be looked for, that is done again after so long.
    private static final Duration SOON = Duration.ofSeconds(30);

    /// One that failed is tried again after so long.
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final From from;
    private final ScannerRules rules;
    private final Path folder;
    private final InstantSource clock;
    private final Superseded superseded;
    private volatile @Nullable String current;
    private volatile boolean isTried;
    private @Nullable Digest failed;
    private Instant next = Instant.MIN;
    private Instant again = Instant.MIN;

    /// Where it comes from.
    ///
    /// @param called what the configuration calls it
    /// @param every how often it is looked for
    /// @param reserve of the disk, which it leaves free
    public record From(ScannerDatabase.Artifact called, ArtifactSource source, Duration every, Reserve reserve) {}

    /// Goes on with what an earlier process left there.
    ///
    /// @param folder of this process alone
    public FetchedDatabase(From from, ScannerRules rules, Path folder, InstantSource clock) throws IOException {
        this.from = from;
        this.rules = rules;
        this.folder = Files.createDirectories(folder);
        this.clock = clock;
        this.superseded = new Superseded(folder, rules.timeout().multipliedBy(3));
        this.current = known();
        superseded.clean(current);
    }

    private @Nullable String known() throws IOException {
        var file = folder.resolve(CURRENT);
        var name = Files.isRegularFile(file) ? Files.readString(file, UTF_8).strip() : "";
        return NAME.matcher(name).matches() && Files.isDirectory(folder.resolve(name)) ? name : null;
    }

    @Override
    public Scanner current() throws ScanFailedException {
        var name = current;
        if (name == null) {
            throw new ScanFailedException(
                    "There is no vulnerability database: %s was not to be had".formatted(from.called()));
        }
        return scanner(folder.resolve(name), name);
    }

    private Scanner scanner(Path database, String name) {
        return Scanner.of(rules, database, rules.engine() + " " + name);
    }

    @Override
    public boolean isComing() {
        return current == null && !isTried;
    }

    /// Looks for another one, if it is time for that, and fetches it.
    ///
    /// @throws IOException if it is not to be had; the last good one stays
    public void refresh() throws IOException {
        superseded.remove();
        var now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        try {
            next = now.plus(from.every().compareTo(SOON) < 0 ? from.every() : SOON);
            refresh(now);
            next = now.plus(from.every());
        } catch (IOException | RegistryException e) {
            throw new IOException("%s: %s".formatted(from.called(), e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            isTried = !Thread.currentThread().isInterrupted();
        }
    }

    private void refresh(Instant now) throws IOException, InterruptedException {
        var digest = from.source().digest();
        if (digest.hex().equals(current) || isBack(digest.hex()) || (digest.equals(failed) && now.isBefore(again))) {
            return;
        }
        failed = digest;
        again = now.plus(PATIENCE);
        fetch(digest);
        failed = null;
    }

    /// The tag may be moved back to what scans are still made with.
    private boolean isBack(String name) throws IOException {
        var isThere = superseded.has(name);
        if (isThere) {
            show(name);
            superseded.takeBack(name);
        }
        return isThere;
    }

    private void fetch(Digest digest) throws IOException, InterruptedException {
        var fresh = folder.resolve(FRESH);
        try {
            WorkFolders.make(fresh);
            var archive = DatabaseArchive.of(rules);
            var file = copy(DatabaseLayer.of(from.source().manifest(digest), archive), fresh);
            var database = Files.createDirectories(fresh.resolve("database"));
            archive.unpack(file, database, fresh, room());
            scanner(database, digest.hex()).prove(fresh);
            take(database, digest.hex());
        } finally {
            WorkFolders.delete(fresh);
        }
        LOG.info("{} has another database: {}", from.called(), digest);
    }

    private Path copy(Descriptor layer, Path fresh) throws IOException {
        var file = Files.createFile(fresh.resolve("archive"));
        var checked = new CheckedFile(file, layer, from.reserve());
        checked.write(from.source());
        return file;
    }

    private DatabaseArchive.Room room() {
        var most = Math.min(MOST_UNPACKED, folder.toFile().getUsableSpace() / 2);
        return new DatabaseArchive.Room() {
            @Override
            public long most() {
                return most;
            }

            @Override
            public void require() throws IOException {
                from.reserve().require();
            }
        };
    }

    /// What lies in its place was left there when it could not be shown.
    private void take(Path database, String name) throws IOException {
        Durable.force(database);
        var place = folder.resolve(name);
        WorkFolders.delete(place);
        Files.move(database, place, StandardCopyOption.ATOMIC_MOVE);
        show(name);
    }

    private void show(String name) throws IOException {
        var note = Files.writeString(folder.resolve(CURRENT + ".new"), name, UTF_8);
        Durable.force(note);
        Files.move(note, folder.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE);
        var before = current;
        current = name;
        if (before != null) {
            superseded.add(before);
        }
    }
}
