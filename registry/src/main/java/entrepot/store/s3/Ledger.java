package entrepot.store.s3;

import entrepot.domain.BlobKey;
import entrepot.store.NoSuchBlobException;
import entrepot.store.PieceRows;
import entrepot.store.Pieces.Piece;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/// The pieces of blobs on their way, as all nodes have them.
record Ledger(PieceRows rows) {

    private static final RandomGenerator RANDOM = new SecureRandom();

    /// A piece, and its bytes where it is no part.
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Entry(Piece piece, byte[] bytes) {}

    /// Adds pieces, and removes the rows of bytes that are in parts.
    ///
    /// @param partsEnd where those parts end
    void add(BlobKey key, List<Entry> entries, long partsEnd) {
        rows.change(pieces -> {
            entries.forEach(entry -> pieces.add(key, entry.piece(), entry.bytes()));
            if (partsEnd > 0) {
                pieces.forgetBytesBefore(key, partsEnd);
            }
        });
    }

    /// The pieces up to one, in order.
    ///
    /// @throws NoSuchBlobException if one of them is not there
    Collection<Piece> chain(BlobKey key, String last) throws NoSuchBlobException {
        var chain = new ArrayDeque<Piece>();
        if (last.equals(S3State.NONE)) {
            return chain;
        }
        var byId = new HashMap<String, Piece>();
        rows.read(pieces -> pieces.of(key)).forEach(piece -> byId.put(piece.id(), piece));
        for (var id = last; !id.equals(S3State.NONE); id = chain.getFirst().previous()) {
            if (!byId.containsKey(id)) {
                throw new NoSuchBlobException(key);
            }
            chain.addFirst(byId.get(id));
        }
        return chain;
    }

    /// Whether this piece is there, and not forgotten since its blob is whole.
    boolean has(BlobKey key, String id) {
        return rows.read(pieces -> pieces.bytes(key, id)).isPresent();
    }

    /// The bytes of rows, each read when it is its turn.
    List<Body> bodies(BlobKey key, Collection<Piece> pieces) {
        return new ArrayList<Body>(
                pieces.stream().map(row -> new Row(this, key, row)).toList());
    }

    List<Piece> wholes(BlobKey key) {
        return rows.read(pieces -> pieces.of(key)).stream()
                .filter(piece -> piece.number() == Piece.WHOLE)
                .toList();
    }

    void forgetFrom(BlobKey key, long firstByte) {
        rows.change(pieces -> pieces.forgetFrom(key, firstByte));
    }

    void forget(Collection<BlobKey> keys) {
        rows.change(pieces -> pieces.forget(keys));
    }

    static String newId() {
        var bytes = new byte[8];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private record Row(Ledger ledger, BlobKey key, Piece piece) implements Body {
        @Override
        public long length() {
            return piece.length();
        }

        @Override
        public InputStream read() throws IOException {
            return new ByteArrayInputStream(ledger.rows
                    .read(pieces -> pieces.bytes(key, piece.id()))
                    .orElseThrow(() -> new NoSuchBlobException(key)));
        }
    }
}
