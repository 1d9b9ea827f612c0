package entrepot.scan.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;

/// Archives as Trivy's database comes in, and such as hostile people make.
public final class DatabaseArchives {

    private DatabaseArchives() {}

    /// Writes entries.
    @FunctionalInterface
    interface Entries {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    static byte[] of(Entries entries) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
            entries.write(tar);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    /// A database, whose text the stand-in scanner reads.
    public static byte[] database(String text) {
        return of(tar -> {
            file(tar, "trivy.db", text);
            file(tar, "metadata.json", "{\"Version\":2,\"UpdatedAt\":\"2026-04-30T12:00:00Z\"}");
        });
    }

    static void file(TarArchiveOutputStream tar, String name, String text) throws IOException {
        var bytes = text.getBytes(UTF_8);
        var entry = new TarArchiveEntry(name);
        entry.setModTime(0);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    static void special(TarArchiveOutputStream tar, String name, byte kind, String target) throws IOException {
        var entry = new TarArchiveEntry(name, kind);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    /// A head that says how much follows, and a little of it.
    static byte[] saying(long size) {
        var head = new byte[512];
        var entry = new TarArchiveEntry("trivy.db");
        entry.setSize(size);
        try {
            entry.writeEntryHeader(head, ZipEncodingHelper.getZipEncoding("UTF-8"), true);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return zipped(out -> {
            out.write(head);
            out.write(new byte[4096]);
        });
    }

    /// A file that says by a head before it that it is so long, and nothing but a hole behind its first byte.
    ///
    /// Source: GNU tar's manual, "Storing Sparse Files", on version 0.1.
    static byte[] sparse(String name, long size) {
        return of(tar -> {
            var keys = List.of(
                    "GNU.sparse.size=" + size,
                    "GNU.sparse.numblocks=1",
                    "GNU.sparse.map=0,1",
                    "GNU.sparse.name=" + name);
            var head = new StringBuilder();
            for (var key : keys) {
                head.append("%d %s\n".formatted(key.length() + 4, key));
            }
            var extended = new TarArchiveEntry("head", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
            extended.setSize(head.length());
            tar.putArchiveEntry(extended);
            tar.write(head.toString().getBytes(UTF_8));
            tar.closeArchiveEntry();
            file(tar, name, "x");
        });
    }

    /// A name of so many bytes.
    static byte[] named(int length) {
        return of(tar -> {
            var name = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
            name.setSize(length);
            tar.putArchiveEntry(name);
            tar.write("x".repeat(length).getBytes(UTF_8));
            tar.closeArchiveEntry();
            file(tar, "trivy.db", "x");
        });
    }

    /// Writes bytes.
    @FunctionalInterface
    interface Bytes {
        void write(OutputStream out) throws IOException;
    }

    static byte[] zipped(Bytes content) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            content.write(out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }
}
