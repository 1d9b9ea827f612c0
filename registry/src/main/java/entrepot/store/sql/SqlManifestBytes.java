package entrepot.store.sql;

import entrepot.domain.ManifestBytes;
import entrepot.domain.StoredImage;
import entrepot.store.Cover;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Tables `manifest_content` and `manifest_piece`: a long manifest lies in pieces, since a database reads a value from
/// its begin to its end whatever part of it is asked for. Each piece is covered by itself.
record SqlManifestBytes(Sql sql, Cover cover) {

    /// In bytes.
    static final int PIECE = 64 << 10;

    void add(StoredImage image, ManifestBytes manifest) {
        var bytes = manifest.toByteArray();
        var first = bytes.length <= PIECE ? bytes : Arrays.copyOf(bytes, PIECE);
        sql.later(
                "insert into manifest_content (manifest_id, bytes) values (?, ?)",
                image.id(),
                cover.seal(name(image, 0), first));
        for (int at = PIECE; at < bytes.length; at += PIECE) {
            addLater(image, at / PIECE, Arrays.copyOfRange(bytes, at, Math.min(at + PIECE, bytes.length)));
        }
    }

    private void addLater(StoredImage image, int number, byte[] piece) {
        sql.later(
                "insert into manifest_piece (manifest_id, number, bytes) values (?, ?, ?)",
                image.id(),
                number,
                cover.seal(name(image, number), piece));
    }

    /// What a piece is covered as: no other one passes for it, nor fewer for all.
    private static String name(StoredImage image, int number) {
        return "manifest %s of %d bytes, piece %d".formatted(image.digest(), image.manifestSize(), number);
    }

    /// As many as are there; empty if none are.
    Optional<ManifestBytes> all(StoredImage image) {
        return part(image, 0, Math.toIntExact(image.manifestSize())).map(ManifestBytes::new);
    }

    /// As many of so many bytes as are there; empty if none are.
    Optional<byte[]> part(StoredImage image, long offset, int length) {
        var from = (int) (offset / PIECE);
        var to = (int) ((offset + Math.max(length, 1) - 1) / PIECE);
        var pieces = new ByteArrayOutputStream();
        if (from == 0) {
            first(image).ifPresent(pieces::writeBytes);
        }
        if (to > 0) {
            later(image, Math.max(from, 1), to).forEach(pieces::writeBytes);
        }
        var skipped = Math.toIntExact(offset - (long) from * PIECE);
        return pieces.size() == 0 ? Optional.empty() : Optional.of(cut(pieces.toByteArray(), skipped, length));
    }

    private Optional<byte[]> first(StoredImage image) {
        return sql.one("select bytes from manifest_content where manifest_id = ?", row -> row.getBytes(1), image.id())
                .map(bytes -> cover.open(name(image, 0), bytes));
    }

    private List<byte[]> later(StoredImage image, int from, int to) {
        return sql.list(
                "select number, bytes from manifest_piece where manifest_id = ? and number between ? and ? order by number",
                row -> cover.open(name(image, row.getInt(1)), row.getBytes(2)),
                image.id(),
                from,
                to);
    }

    private static byte[] cut(byte[] bytes, int from, int length) {
        return from == 0 && length == bytes.length
                ? bytes
                : Arrays.copyOfRange(bytes, Math.min(from, bytes.length), Math.min(from + length, bytes.length));
    }
}
