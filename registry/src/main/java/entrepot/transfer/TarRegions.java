package entrepot.transfer;

import entrepot.domain.Content;
import entrepot.domain.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Where the files of a tar archive are in it, so that nothing is unpacked.
///
/// @param links from a name to that of the file which has the bytes
record TarRegions(Path file, Map<String, Content.FileRegion> regions, Map<String, String> links) {

    /// Some thousand have been seen.
    private static final int MOST = 100_000;

    /// How a layer is compressed. Source: OCI image specification, "Image Layer Filesystem Changeset".
    enum Compression {
        NONE(""),
        GZIP("+gzip"),
        ZSTD("+zstd");

        private final String suffix;

        Compression(String suffix) {
            this.suffix = suffix;
        }

        String mediaType() {
            return "application/vnd.oci.image.layer.v1.tar" + suffix;
        }
    }

    static TarRegions of(Path file) throws IOException {
        var found = new TarRegions(file, new HashMap<>(), new HashMap<>());
        try (var in = Files.newInputStream(file)) {
            found.read(in);
        } catch (IllegalArgumentException e) {
            throw new IOException("it is no tar archive", e);
        }
        return found;
    }

    /// What is between two heads is skipped, not read.
    private void read(InputStream in) throws IOException {
        var tar = new TarArchiveInputStream(in);
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (regions.size() + links.size() >= MOST) {
                throw new IOException("it has more than %d files".formatted(MOST));
            }
            add(entry, tar.getBytesRead());
        }
    }

    private void add(TarArchiveEntry entry, long offset) {
        var name = entry.getName();
        if (entry.isSymbolicLink()) {
            var parent = Path.of(name).resolveSibling(entry.getLinkName()).normalize();
            links.put(name, parent.toString());
        } else if (entry.isLink()) {
            links.put(name, entry.getLinkName());
        } else if (entry.isFile()) {
            regions.put(name, new Content.FileRegion(file, offset, entry.getSize()));
        }
    }

    /// @throws NoSuchFileException if there is none of this name
    Content.FileRegion region(String name) throws NoSuchFileException {
        var region = regions.get(links.getOrDefault(name, name));
        if (region == null) {
            throw new NoSuchFileException(name);
        }
        return region;
    }

    /// @throws IOException also if it has more bytes
    byte[] bytes(String name, int most) throws IOException {
        var region = region(name);
        if (region.length() > most) {
            throw new IOException("%s has more than %d bytes".formatted(name, most));
        }
        return head(region, (int) region.length());
    }

    private byte[] head(Content.FileRegion region, int length) throws IOException {
        try (var in = Files.newByteChannel(file)) {
            in.position(region.offset());
            return Channels.newInputStream(in).readNBytes(length);
        }
    }

    Digest digest(Content.FileRegion region) throws IOException {
        var hash = Digest.Algorithm.SHA256.newComputation();
        try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), hash)) {
            region.writeTo(Channels.newChannel(out));
        }
        return new Digest(Digest.Algorithm.SHA256, HexFormat.of().formatHex(hash.digest()));
    }

    /// By the first bytes. Source: RFC 1952, 2.3.1; RFC 8878, 3.1.1.
    Compression compression(String name) throws IOException {
        var region = region(name);
        var first = HexFormat.of().formatHex(head(region, (int) Math.min(4, region.length())));
        if (first.startsWith("1f8b")) {
            return Compression.GZIP;
        }
        return first.equals("28b52ffd") ? Compression.ZSTD : Compression.NONE;
    }
}
