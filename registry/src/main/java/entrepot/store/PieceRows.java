package entrepot.store;

import java.util.function.Consumer;
import java.util.function.Function;

/// Where pieces are kept: each call is a transaction.
public interface PieceRows {

    void change(Consumer<Pieces> work);

    <T> T read(Function<Pieces, T> question);

    /// In the metadata, where every node finds them.
    static PieceRows in(MetadataStore metadata) {
        return new PieceRows() {
            @Override
            public void change(Consumer<Pieces> work) {
                metadata.transactGuarded(tx -> {
                    work.accept(tx.pieces());
                    return tx;
                });
            }

            @Override
            public <T> T read(Function<Pieces, T> question) {
                return metadata.read(tx -> question.apply(tx.pieces()));
            }
        };
    }
}
