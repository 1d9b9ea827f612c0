package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.BlobKey;
import entrepot.domain.UploadId;
import entrepot.store.Pieces.Piece;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class PiecesContract extends TablesContract {

    private static final byte[] NO_BYTES = {};
    private static final byte[] BYTES = {1, 2, 3};

    private static final Piece WHOLE = new Piece("w", "", 0, 0, Piece.WHOLE, "upload");
    private static final Piece PART = new Piece("p", "", 0, 10, 1, "etag");
    private static final Piece FIRST = new Piece("a", "", 10, 3, 0, "");
    private static final Piece SECOND = new Piece("b", "a", 13, 3, 0, "");

    private final BlobKey key = UploadId.random(NOW).blobKey();
    private final BlobKey other = UploadId.random(NOW).blobKey();

    @BeforeEach
    void store_pieces() {
        write(tx -> {
            tx.pieces().add(key, WHOLE, NO_BYTES);
            tx.pieces().add(key, PART, NO_BYTES);
            tx.pieces().add(key, FIRST, BYTES);
            tx.pieces().add(key, SECOND, NO_BYTES);
            tx.pieces().add(other, FIRST, NO_BYTES);
        });
    }

    @Test
    void pieces_are_those_of_one_blob_with_their_bytes() {
        assertThat(pieces(key)).containsExactlyInAnyOrder(WHOLE, PART, FIRST, SECOND);
        assertThat(pieces(other)).containsExactly(FIRST);
        assertThat(found(tx -> tx.pieces().bytes(key, "a"))).contains(BYTES);
        assertThat(found(tx -> tx.pieces().bytes(other, "a"))).contains(NO_BYTES);
        assertThat(found(tx -> tx.pieces().bytes(key, "none"))).isEmpty();
    }

    private List<Piece> pieces(BlobKey of) {
        return listed(tx -> tx.pieces().of(of));
    }

    @Test
    void bytes_that_are_in_parts_now_are_forgotten() {
        write(tx -> tx.pieces().forgetBytesBefore(key, 13));

        assertThat(pieces(key)).containsExactlyInAnyOrder(WHOLE, PART, SECOND);
        assertThat(pieces(other)).containsExactly(FIRST);
    }

    @Test
    void what_begins_at_a_byte_or_later_is_forgotten_but_for_the_name_of_the_whole() {
        write(tx -> tx.pieces().forgetFrom(key, 13));
        assertThat(pieces(key)).containsExactlyInAnyOrder(WHOLE, PART, FIRST);

        write(tx -> tx.pieces().forgetFrom(key, 0));
        assertThat(pieces(key)).containsExactly(WHOLE);
        assertThat(pieces(other)).containsExactly(FIRST);
    }

    @Test
    void all_that_blobs_have_is_forgotten() {
        write(tx -> tx.pieces().forget(List.of(key)));
        assertThat(pieces(key)).isEmpty();
        assertThat(pieces(other)).containsExactly(FIRST);

        write(tx -> tx.pieces().forget(List.of()));
        assertThat(pieces(other)).containsExactly(FIRST);
    }
}
