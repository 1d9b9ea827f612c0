package entrepot.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.store.BackupPlace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A place as it holds the backups of one registry:
///
/// ```
/// backup.json                   which registry; what has none is no place of backups
/// blobs/                        the blobs of all snapshots
/// snapshots/TIME/metadata.db    all rows of one moment, in SQLite's form; secrets under the registry's server key
/// snapshots/TIME/sums           a line for each blob that those name
/// snapshots/TIME/server.key     and `credentials`, where they were asked for
/// snapshots/TIME/snapshot.json  comes last: a folder without it is no snapshot
/// ```
record Home(BackupPlace place) {

    private static final JsonMapper JSON = new JsonMapper();

    /// The registry whose backups are here.
    ///
    /// @throws IOException if this is no place of backups, or one of a newer form
    String registry() throws IOException {
        if (!place.names().contains(BackupPlace.MARK)) {
            throw new IOException(place + " holds no backup");
        }
        try {
            var json = JSON.readTree(text(BackupPlace.MARK));
            if (json.path("format").asInt(0) > Snapshot.FORMAT) {
                throw new IOException("%s: %s is of format %d, which is newer than this program"
                        .formatted(place, BackupPlace.MARK, json.path("format").asInt(0)));
            }
            return json.path("registry").asString("");
        } catch (JacksonException e) {
            throw new IOException("%s: %s is damaged".formatted(place, BackupPlace.MARK), e);
        }
    }

    /// Sees that this registry's backups may be here from now on.
    ///
    /// @throws IOException if something else is
    void take(String registry) throws IOException {
        var names = place.names();
        if (names.contains(BackupPlace.MARK)) {
            if (!registry().equals(registry)) {
                throw new IOException(place + " holds backups of another registry");
            }
        } else if (names.isEmpty()) {
            var json = JSON.createObjectNode().put("format", Snapshot.FORMAT).put("registry", registry);
            put(BackupPlace.MARK, JSON.writeValueAsString(json) + "\n");
        } else {
            throw new IOException("%s is not empty, and holds no backup (%s)".formatted(place, names.getFirst()));
        }
    }

    /// The folders of the snapshots that were finished, oldest first.
    List<String> snapshots() throws IOException {
        return place.names().stream()
                .filter(name -> name.endsWith("/" + Snapshot.FILE))
                .map(Home::folder)
                .filter(Snapshot::isFolder)
                .sorted()
                .toList();
    }

    /// Those of which there is something, but that were never finished, or are on their way out.
    List<String> unfinished() throws IOException {
        var folders = new TreeSet<>(place.names().stream()
                .filter(name -> name.contains("/"))
                .map(Home::folder)
                .filter(Snapshot::isFolder)
                .toList());
        snapshots().forEach(folders::remove);
        return List.copyOf(folders);
    }

    private static String folder(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    /// Whoever writes here is alone, so nobody else is at it.
    void dropUnfinished() throws IOException {
        for (var folder : unfinished()) {
            drop(folder);
        }
    }

    /// A snapshot is none as soon as its `snapshot.json` is gone.
    void drop(String folder) throws IOException {
        place.delete(folder + Snapshot.FILE);
        for (var name : place.names()) {
            if (name.startsWith(folder)) {
                place.delete(name);
            }
        }
    }

    /// Copies the sums of a snapshot.
    ///
    /// @throws IOException that says which file is damaged
    Path fetchSums(String folder, Path into) throws IOException {
        fetch(snapshot(folder), Snapshot.SUMS, into);
        return into;
    }

    /// Copies a file of a snapshot.
    ///
    /// @throws IOException that says that it is damaged, if so
    void fetch(Snapshot snapshot, String file, Path into) throws IOException {
        try (var copy = Files.newOutputStream(into)) {
            read(snapshot, file, copy);
        }
    }

    /// Reads a file of a snapshot.
    ///
    /// @throws IOException that says that it is damaged, if so
    void read(Snapshot snapshot, String file, OutputStream into) throws IOException {
        var name = snapshot.name(file);
        var hash = Digest.Algorithm.SHA256.newComputation();
        try (var bytes = new DigestInputStream(place.read(name), hash)) {
            bytes.transferTo(into);
        } catch (NoSuchFileException e) {
            throw new IOException(name + " is gone", e);
        }
        if (!Digest.of(Digest.Algorithm.SHA256, hash.digest())
                .equals(snapshot.files().get(file))) {
            throw new IOException(name + " is damaged");
        }
    }

    /// @throws IOException that says which file is damaged
    Snapshot snapshot(String folder) throws IOException {
        try {
            return Snapshot.of(text(folder + Snapshot.FILE));
        } catch (IOException e) {
            throw new IOException(folder + Snapshot.FILE + " " + e.getMessage(), e.getCause());
        }
    }

    private String text(String name) throws IOException {
        try (var bytes = place.read(name)) {
            return new String(bytes.readAllBytes(), UTF_8);
        }
    }

    void put(String name, String text) throws IOException {
        place.put(name, Files.writeString(place.work().resolve("text"), text));
    }

    static Digest digest(String text) {
        var hash = Digest.Algorithm.SHA256.newComputation();
        return Digest.of(Digest.Algorithm.SHA256, hash.digest(text.getBytes(UTF_8)));
    }

    static Digest digest(Path file) throws IOException {
        return Digest.of(Digest.Algorithm.SHA256, new Content.FileRegion(file, 0, Files.size(file)));
    }
}
