package entrepot.store.memory;

import entrepot.domain.BlobKey;
import entrepot.store.PieceRows;
import entrepot.store.Pieces;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// Pieces of one process, for blobs that are written in one go: nobody else can go on with them.
public final class MemoryPieces implements Pieces, PieceRows {

    private record Kept(Piece piece, List<byte[]> bytes) {
        long first() {
            return piece.firstByte();
        }
    }

    private final Map<BlobKey, List<Kept>> pieces = new HashMap<>();

    @Override
    public synchronized void change(Consumer<Pieces> work) {
        work.accept(this);
    }

    @Override
    public synchronized <T> T read(Function<Pieces, T> question) {
        return question.apply(this);
    }

    @Override
    public void add(BlobKey key, Piece piece, byte[] bytes) {
        pieces.computeIfAbsent(key, _ -> new ArrayList<>()).add(new Kept(piece, List.of(bytes)));
    }

    private List<Kept> all(BlobKey key) {
        return pieces.getOrDefault(key, List.of());
    }

    @Override
    public List<Piece> of(BlobKey key) {
        return all(key).stream().map(Kept::piece).toList();
    }

    @Override
    public Optional<byte[]> bytes(BlobKey key, String id) {
        return all(key).stream()
                .filter(kept -> kept.piece().id().equals(id))
                .map(kept -> kept.bytes().getFirst())
                .findFirst();
    }

    @Override
    public void forgetBytesBefore(BlobKey key, long end) {
        forget(key, kept -> kept.piece().number() == 0 && kept.first() < end);
    }

    @Override
    public void forgetFrom(BlobKey key, long firstByte) {
        forget(key, kept -> kept.piece().number() != Piece.WHOLE && kept.first() >= firstByte);
    }

    private void forget(BlobKey key, Predicate<Kept> which) {
        pieces.computeIfPresent(key, (_, all) -> {
            all.removeIf(which);
            return all.isEmpty() ? null : all;
        });
    }

    @Override
    public void forget(Collection<BlobKey> keys) {
        pieces.keySet().removeAll(keys);
    }
}
