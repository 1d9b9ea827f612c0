package entrepot.operation.layer;

import static entrepot.operation.Layers.sha256;
import static entrepot.operation.Layers.sha512;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Asker;
import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.UploadId;
import entrepot.operation.Layers;
import entrepot.operation.World;
import entrepot.store.TestStores;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// No byte of an upload is looked at twice, whatever is asked, and none for nobody.
class HashedOnceTest {

    private static final int SLICE = 4 << 20;
    private static final byte[] BYTES = bytes(3 * SLICE);
    private static final String BUSY =
            "ThrottlingException: Another request writes the upload with id '%s', and has" + " not ended. Try again";

    private final WatchedReads blobs = new WatchedReads(TestStores.blobs());

    @AutoClose
    private final World world = World.withApp(blobs);

    private final Layers layers = new Layers(world);

    @Test
    void a_hundred_digests_of_one_algorithm_are_one_pass_and_those_that_pass_by_are_none() {
        var upload = uploaded(BYTES);

        assertThat(refusal(() -> layers.complete(Law.OCI, APP, upload, wrong(Digest.Algorithm.SHA512, 100))))
                .startsWith("InvalidLayerException: ");
        assertThat(blobs.bytes()).isEqualTo(BYTES.length);
        assertThat(refusal(() -> layers.complete(Law.OCI, APP, upload, wrong(Digest.Algorithm.SHA512, 100))))
                .startsWith("InvalidLayerException: ");
        assertThat(refusal(() -> layers.complete(Law.OCI, APP, upload, wrong(Digest.Algorithm.SHA256, 100))))
                .startsWith("InvalidLayerException: ");
        assertThat(blobs.bytes()).isZero();

        assertThat(layers.complete(Law.OCI, APP, upload, sha512(BYTES))).isEqualTo(sha512(BYTES));
        assertThat(blobs.bytes()).isZero();
    }

    @Test
    void after_a_restart_the_bytes_before_it_are_read_and_those_after_are_not() {
        var upload = uploaded(Arrays.copyOf(BYTES, SLICE));
        var after = new Layers(world);
        after.append(APP, upload, new Content.Bytes(Arrays.copyOfRange(BYTES, SLICE, BYTES.length)));
        assertThat(blobs.bytes()).isZero();

        assertThat(after.complete(Law.OCI, APP, upload, sha256(BYTES))).isEqualTo(sha256(BYTES));
        assertThat(blobs.bytes()).isEqualTo(BYTES.length);
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_read_for_a_client_that_has_gone(Law law) {
        var upload = uploaded(BYTES);

        during(
                () -> false,
                () -> assertThat(refusal(() -> layers.complete(law, APP, upload, sha512(BYTES))))
                        .isEqualTo(BUSY.formatted(upload)));
        assertThat(blobs.bytes()).isZero();
        assertThat(layers.received(APP, upload)).isEqualTo(BYTES.length);
    }

    @Test
    void what_was_read_before_the_client_went_is_not_read_again() {
        var upload = uploaded(BYTES);
        var looks = new AtomicInteger();

        during(
                () -> looks.incrementAndGet() <= 1,
                () -> assertThat(refusal(() -> layers.complete(Law.OCI, APP, upload, sha512(BYTES))))
                        .isEqualTo(BUSY.formatted(upload)));
        assertThat(blobs.bytes()).isEqualTo(SLICE);

        during(() -> true, () -> layers.complete(Law.OCI, APP, upload, sha512(BYTES)));
        assertThat(blobs.bytes()).isEqualTo(BYTES.length - SLICE);
        assertThat(layers.bytes(APP, sha512(BYTES))).isEqualTo(BYTES);
    }

    @Test
    void bytes_that_a_known_digest_has_already_are_not_read() {
        layers.push(APP, BYTES);
        layers.push(APP, BYTES);
        assertThat(blobs.bytes()).isZero();
    }

    private static void during(BooleanSupplier isThere, Runnable work) {
        Asker.during(isThere, work);
    }

    private static Digest[] wrong(Digest.Algorithm algorithm, int count) {
        var length = algorithm.newComputation().getDigestLength();
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    var hash = new byte[length];
                    hash[0] = (byte) i;
                    return new Digest(algorithm, HexFormat.of().formatHex(hash));
                })
                .toArray(Digest[]::new);
    }

    private static byte[] bytes(int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }

    private UploadId uploaded(byte[] bytes) {
        var upload = layers.begin(APP);
        layers.append(APP, upload, new Content.Bytes(bytes));
        return upload;
    }
}
