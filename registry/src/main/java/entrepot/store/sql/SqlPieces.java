package entrepot.store.sql;

import entrepot.domain.BlobKey;
import entrepot.store.Pieces;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Table `piece`.
record SqlPieces(Sql sql) implements Pieces {

    @Override
    public void add(BlobKey key, Piece piece, byte[] bytes) {
        sql.later(
                "insert into piece (blob_key, id, previous, first_byte, length, number, tag, bytes)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                key.value(),
                piece.id(),
                piece.previous(),
                piece.firstByte(),
                piece.length(),
                piece.number(),
                piece.tag(),
                bytes);
    }

    @Override
    public List<Piece> of(BlobKey key) {
        return sql.list(
                "select id, previous, first_byte, length, number, tag from piece where blob_key = ?",
                row -> new Piece(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getInt(5),
                        row.getString(6)),
                key.value());
    }

    @Override
    public Optional<byte[]> bytes(BlobKey key, String id) {
        return sql.one(
                "select bytes from piece where blob_key = ? and id = ?", row -> row.getBytes(1), key.value(), id);
    }

    @Override
    public void forgetBytesBefore(BlobKey key, long end) {
        sql.later("delete from piece where blob_key = ? and number = 0 and first_byte < ?", key.value(), end);
    }

    @Override
    public void forgetFrom(BlobKey key, long firstByte) {
        sql.later("delete from piece where blob_key = ? and number >= 0 and first_byte >= ?", key.value(), firstByte);
    }

    @Override
    public void forget(Collection<BlobKey> keys) {
        sql.updateIn(
                "delete from piece where blob_key in (*)",
                keys.stream().map(BlobKey::value).toList());
    }
}
