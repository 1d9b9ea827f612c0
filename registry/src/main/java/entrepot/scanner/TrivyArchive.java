package entrepot.scanner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Two files, and nothing else. Source: trivy-db, its `Makefile`, and Trivy's `pkg/oci/artifact.go`.
final class TrivyArchive implements DatabaseArchive {

    private static final String TYPE = "application/vnd.aquasec.trivy.db.layer.v1.tar+gzip";
    private static final Set<String> FILES = Set.of("trivy.db", "metadata.json");

    /// Commons Compress calls devices and pipes files, too. Of a sparse file it makes more than the tar has.
    private static final Set<Byte> PLAIN = Set.of(TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM);

    /// Of what a tar says of one file.
    private static final int LONGEST_HEAD = 64 << 10;

    private static final int PIECE = 1 << 20;

    @Override
    public boolean isOf(String mediaType) {
        return mediaType.equals(TYPE);
    }

    @Override
    public void unpack(Path archive, Path folder, Path work, Room room) throws IOException {
        var files = Files.createDirectories(folder.resolve("db"));
        try (var bytes = Files.newInputStream(archive);
                var plain = new MeasuredInput(new GZIPInputStream(bytes, PIECE))) {
            var left = room.most();
            var tar = new TarArchiveInputStream(plain);
            for (var entry = next(tar, plain); entry != null; entry = next(tar, plain)) {
                if (!isRoot(entry)) {
                    left -= entry.getSize();
                    refuseMuch(left, room);
                    plain.allow(entry.getSize() + LONGEST_HEAD);
                    copy(tar, files.resolve(name(entry, files)), room);
                }
            }
        } catch (ZipException | IllegalArgumentException e) {
            throw new ScanFailedException("The database's archive cannot be read");
        }
        if (!Files.exists(files.resolve("trivy.db"))) {
            throw new ScanFailedException("The database's archive has no trivy.db");
        }
        EmptyJavaDatabase.write(folder);
    }

    private static TarArchiveEntry next(TarArchiveInputStream tar, MeasuredInput plain) throws IOException {
        plain.allow(LONGEST_HEAD);
        return tar.getNextEntry();
    }

    /// `./`, which `tar -C folder .` begins with.
    private static boolean isRoot(TarArchiveEntry entry) {
        return entry.isDirectory() && entry.getName().equals("./");
    }

    private static String name(TarArchiveEntry entry, Path files) throws ScanFailedException {
        var name = entry.getName().startsWith("./") ? entry.getName().substring(2) : entry.getName();
        var isPlain = PLAIN.contains(entry.getLinkFlag()) && !entry.isSparse();
        if (!isPlain || !FILES.contains(name) || Files.exists(files.resolve(name))) {
            throw new ScanFailedException("The database's archive has something else in it than " + FILES);
        }
        return name;
    }

    private static void refuseMuch(long left, Room room) throws ScanFailedException {
        if (left < 0) {
            throw new ScanFailedException("The database unpacks to more than %d bytes".formatted(room.most()));
        }
    }

    private static void copy(InputStream from, Path file, Room room) throws IOException {
        try (var to = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            for (var piece = from.readNBytes(PIECE); piece.length > 0; piece = from.readNBytes(PIECE)) {
                room.require();
                to.write(piece);
            }
        }
    }
}
