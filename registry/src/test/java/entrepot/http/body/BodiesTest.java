package entrepot.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Content;
import entrepot.http.WholeBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodiesTest {

    /// Pieces of one byte each, and how many of them were asked for.
    private static Content pieces(int count, long length, AtomicInteger written) {
        return new Content() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public void writeTo(WritableByteChannel target) throws IOException {
                for (int i = 0; i < count; i++) {
                    written.addAndGet(target.write(ByteBuffer.wrap(new byte[] {(byte) i})));
                }
            }
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 5})
    void a_body_up_to_the_limit_is_read(long length) throws IOException {
        assertThat(WholeBody.read(pieces(5, length, new AtomicInteger()), 5)).containsExactly(0, 1, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 6})
    void a_larger_body_is_refused_before_more_is_held(long length) {
        var written = new AtomicInteger();

        assertThatThrownBy(() -> WholeBody.read(pieces(1000, length, written), 5))
                .isInstanceOfSatisfying(
                        BodyTooLargeException.class, e -> assertThat(e.limit()).isEqualTo(5));
        assertThat(written.get()).isLessThanOrEqualTo(5);
    }
}
