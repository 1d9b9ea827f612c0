package entrepot.domain;

import static entrepot.domain.LayerUpload.SMALLEST_PART;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LayerUploadTest {

    private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");

    @Test
    void a_small_last_part_is_fine() {
        assertThat(withParts(SMALLEST_PART, 1).hasSmallPart()).isFalse();
        assertThat(withParts(1).hasSmallPart()).isFalse();
    }

    @Test
    void a_small_part_before_another_is_remembered() {
        assertThat(withParts(SMALLEST_PART - 1, 1).hasSmallPart()).isTrue();
        assertThat(withParts(SMALLEST_PART, 1, SMALLEST_PART).hasSmallPart()).isTrue();
        assertThat(withParts(1, SMALLEST_PART, SMALLEST_PART).hasSmallPart()).isTrue();
    }

    @Test
    void parts_are_counted_and_the_newest_is_known() {
        var upload = withParts(7, 5);

        assertThat(upload.received()).isEqualTo(12);
        assertThat(upload.parts()).isEqualTo(2);
        assertThat(upload.lastPartFirstByte()).isEqualTo(7);
    }

    @Test
    void bytes_that_a_power_loss_took_are_not_claimed() {
        var upload = withParts(7, 5);

        assertThat(upload.withAtMost(Progress.of(12))).isEqualTo(upload);
        assertThat(upload.withAtMost(Progress.of(99))).isEqualTo(upload);
        assertThat(upload.withAtMost(Progress.of(3)).received()).isEqualTo(3);
        assertThat(upload.withAtMost(Progress.of(3)).lastPartFirstByte()).isEqualTo(3);
    }

    @Test
    void the_next_part_begins_at_the_end_or_in_one_that_broke_off() {
        var whole = withParts(7, 5);
        assertThat(taken(whole)).containsExactly(12);

        var broken = whole.withBrokenPart(Progress.of(15), NOW);
        assertThat(taken(broken)).containsExactly(12, 13, 14, 15);
        assertThat(taken(broken.withAtMost(Progress.of(13)))).containsExactly(12, 13);
        assertThat(taken(broken.withAtMost(Progress.of(5)))).containsExactly(5);
        assertThat(taken(broken.withPart(Progress.of(16), null, NOW))).containsExactly(16);
    }

    @Test
    void a_part_sent_again_after_a_break_is_not_small_for_that() {
        var broken = withParts(SMALLEST_PART).withBrokenPart(Progress.of(SMALLEST_PART + 3), NOW);
        var again = broken.withAtMost(Progress.of(SMALLEST_PART)).withPart(Progress.of(2 * SMALLEST_PART), null, NOW);

        assertThat(again.withPart(Progress.of(2 * SMALLEST_PART + 1), null, NOW).hasSmallPart())
                .isFalse();
        assertThat(broken.withPart(Progress.of(2 * SMALLEST_PART), null, NOW).hasSmallPart())
                .isTrue();
    }

    private static long[] taken(LayerUpload upload) {
        return LongStream.range(0, 20).filter(upload::takes).toArray();
    }

    private static LayerUpload withParts(long... sizes) {
        var repository = new Repository(
                1,
                new RegistryId(new AccountId("000000000000"), "us-east-1"),
                new RepositoryName("app"),
                TagMutability.MUTABLE,
                false,
                0,
                NOW,
                null);
        var upload = LayerUpload.begin(UploadId.random(NOW), repository, "arn", NOW);
        for (long size : LongStream.of(sizes).toArray()) {
            upload = upload.withPart(Progress.of(upload.received() + size), null, NOW);
        }
        return upload;
    }
}
