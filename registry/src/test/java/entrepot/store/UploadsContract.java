package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.LayerUpload;
import entrepot.domain.Progress;
import entrepot.domain.Repository;
import entrepot.domain.UploadId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class UploadsContract extends TablesContract {

    private static final String ALICE = "arn:aws:iam::123456789012:user/alice";

    private Repository repository;

    @BeforeEach
    void make_a_repository() {
        repository = repository("app");
    }

    @Test
    void an_upload_is_found_as_it_was_created() {
        var upload = created(ALICE, NOW);

        assertThat(found(tx -> tx.uploads().find(upload.id()))).contains(upload);
    }

    @Test
    void an_absent_upload_is_not_found() {
        assertThat(found(tx -> tx.uploads().find(UploadId.random(NOW)))).isEmpty();
    }

    @Test
    void an_update_writes_every_member() {
        var upload = created(ALICE, NOW)
                .withPart(Progress.of(10), null, NOW)
                .withBrokenPart(Progress.of(LayerUpload.SMALLEST_PART + 10), NOW)
                .completed(digest("layer"), NOW.plusSeconds(1));

        write(tx -> update(tx, upload));

        assertThat(upload.hasSmallPart()).isTrue();
        assertThat(upload.brokeOff()).isTrue();
        assertThat(found(tx -> tx.uploads().find(upload.id()))).contains(upload);
    }

    @Test
    void what_a_store_needs_to_go_on_is_kept_with_its_row() {
        var upload = created(ALICE, NOW);
        var part = upload.withPart(new Progress(10, "ten bytes"), digest("ten bytes"), NOW.plusSeconds(1));
        var broken = part.withBrokenPart(new Progress(12, "twelve"), NOW.plusSeconds(2));

        assertThat(isAdvanced(upload, part)).isTrue();
        assertThat(found(tx -> tx.uploads().find(upload.id()))).contains(part);
        assertThat(isAdvanced(part, broken)).isTrue();
        assertThat(found(tx -> tx.uploads().find(upload.id()))).contains(broken);
        assertThat(broken.before()).isEqualTo(part.progress());
        assertThat(broken.sha256()).isNull();
    }

    @Test
    void an_upload_that_is_gone_or_was_written_since_is_not_advanced() {
        var gone = created(ALICE, NOW);
        write(tx -> tx.uploads().delete(gone.id()));
        var seen = created(ALICE, NOW);
        var first = seen.withPart(Progress.of(10), null, NOW);
        var second = seen.withPart(Progress.of(20), null, NOW);

        assertThat(isAdvanced(gone, gone.withPart(Progress.of(10), null, NOW))).isFalse();
        assertThat(isAdvanced(seen, first)).isTrue();
        assertThat(isAdvanced(seen, second)).isFalse();
        assertThat(isAdvanced(seen, seen.completed(digest("layer"), NOW))).isFalse();
        assertThat(found(tx -> tx.uploads().find(seen.id()))).contains(first);
    }

    /// Fewer bytes may be there than its row says, after a power loss.
    @Test
    void an_upload_that_was_seen_with_fewer_bytes_than_it_has_is_advanced() {
        var upload = created(ALICE, NOW);
        var begun = upload.withPart(Progress.of(10), null, NOW);
        assertThat(isAdvanced(upload, begun)).isTrue();

        assertThat(isAdvanced(
                        begun.withAtMost(Progress.of(4)),
                        begun.withAtMost(Progress.of(4)).withPart(Progress.of(9), null, NOW)))
                .isTrue();
        assertThat(isAdvanced(begun, begun.withPart(Progress.of(20), null, NOW)))
                .isFalse();
    }

    @Test
    void a_deleted_upload_is_gone_and_deleting_it_again_is_not_an_error() {
        var upload = created(ALICE, NOW);
        write(tx -> tx.uploads().delete(upload.id()));
        write(tx -> tx.uploads().delete(upload.id()));

        assertThat(found(tx -> tx.uploads().find(upload.id()))).isEmpty();
    }

    @Test
    void an_upload_goes_with_its_repository() {
        var upload = created(ALICE, NOW);
        write(tx -> tx.repositories().delete(repository, NOW));

        assertThat(found(tx -> tx.uploads().find(upload.id()))).isEmpty();
    }

    @Test
    void open_uploads_are_counted_by_principal_and_no_further_than_asked() {
        for (int i = 0; i < 3; i++) {
            created(ALICE, NOW);
        }
        var done = created(ALICE, NOW);
        created("arn:bob", NOW);
        write(tx -> update(tx, done.completed(digest("layer"), NOW)));

        assertThat(countOpen(ALICE, 100)).isEqualTo(3);
        assertThat(countOpen(ALICE, 2)).isEqualTo(2);
        assertThat(countOpen("arn:bob", 100)).isEqualTo(1);
        assertThat(countOpen("arn:nobody", 100)).isZero();
        assertThat(store().<Integer>read(tx -> tx.uploads().countOpen(100))).isEqualTo(4);
        assertThat(store().<Integer>read(tx -> tx.uploads().countOpen(2))).isEqualTo(2);
    }

    @Test
    void open_bytes_are_summed_by_principal() {
        write(tx -> update(tx, created(tx, ALICE).withPart(Progress.of(5L << 40), null, NOW)));
        write(tx -> update(tx, created(tx, ALICE).withPart(Progress.of(2), null, NOW)));
        write(tx -> update(
                tx, created(tx, ALICE).withPart(Progress.of(9), null, NOW).completed(digest("layer"), NOW)));
        write(tx -> update(tx, created(tx, "arn:bob").withPart(Progress.of(7), null, NOW)));

        assertThat(openBytes(ALICE)).isEqualTo((5L << 40) + 2);
        assertThat(openBytes("arn:bob")).isEqualTo(7);
        assertThat(openBytes("arn:nobody")).isZero();
    }

    @Test
    void a_part_is_found_by_its_end_until_others_have_its_bytes_or_the_upload_is_completed() {
        var upload = created(ALICE, NOW);
        var parts = List.of(
                new Uploads.Part(0, 9, digest("a")),
                new Uploads.Part(10, 19, digest("b")),
                new Uploads.Part(20, 5L << 40, digest("c")));
        parts.forEach(part -> write(tx -> tx.uploads().add(upload.id(), part)));
        for (var part : parts) {
            assertThat(found(tx -> tx.uploads().part(upload.id(), part.lastByte())))
                    .contains(part);
        }
        assertThat(found(tx -> tx.uploads().part(upload.id(), 8))).isEmpty();
        assertThat(found(tx -> tx.uploads().part(UploadId.random(NOW), 9))).isEmpty();

        var other = new Uploads.Part(15, 30, digest("d"));
        write(tx -> tx.uploads().add(upload.id(), other));
        assertThat(found(tx -> tx.uploads().part(upload.id(), 9))).contains(parts.getFirst());
        assertThat(found(tx -> tx.uploads().part(upload.id(), 19))).isEmpty();
        assertThat(found(tx -> tx.uploads().part(upload.id(), 5L << 40))).isEmpty();
        assertThat(found(tx -> tx.uploads().part(upload.id(), 30))).contains(other);

        write(tx -> update(tx, upload.completed(digest("layer"), NOW)));
        assertThat(found(tx -> tx.uploads().part(upload.id(), 9))).isEmpty();
    }

    @Test
    void parts_go_with_their_upload_and_its_repository() {
        var cancelled = created(ALICE, NOW);
        var lost = created(ALICE, NOW);
        for (var upload : List.of(cancelled, lost)) {
            write(tx -> tx.uploads().add(upload.id(), new Uploads.Part(0, 9, digest("a"))));
        }
        write(tx -> tx.uploads().delete(cancelled.id()));
        write(tx -> tx.repositories().delete(repository, NOW));
        write(tx -> tx.repositories().purge(repository.id(), 1_000));

        assertThat(found(tx -> tx.uploads().part(cancelled.id(), 9))).isEmpty();
        assertThat(found(tx -> tx.uploads().part(lost.id(), 9))).isEmpty();
    }

    @Test
    void untouched_uploads_come_oldest_first_open_or_completed() {
        var third = created(ALICE, NOW.minusSeconds(1));
        var first = created(ALICE, NOW.minusSeconds(3));
        var second = created("arn:bob", NOW.minusSeconds(2)).completed(digest("layer"), NOW.minusSeconds(2));
        write(tx -> update(tx, second));
        created(ALICE, NOW);

        assertThat(listed(tx -> tx.uploads().untouchedSince(NOW, 100))).containsExactly(first, second, third);
        assertThat(listed(tx -> tx.uploads().untouchedSince(NOW, 2))).containsExactly(first, second);
    }

    @Test
    void an_upload_is_deleted_only_as_it_was_seen() {
        var open = created(ALICE, NOW);
        for (var now : List.of(open.withPart(Progress.of(9), null, NOW), open.completed(digest("layer"), NOW))) {
            write(tx -> update(tx, now));
            assertThat(isDeleted(open)).isFalse();
            assertThat(found(tx -> tx.uploads().find(open.id()))).contains(now);
        }

        assertThat(isDeleted(open.completed(digest("layer"), NOW))).isTrue();
        assertThat(found(tx -> tx.uploads().find(open.id()))).isEmpty();
        assertThat(isDeleted(open.completed(digest("layer"), NOW))).isFalse();
    }

    private boolean isDeleted(LayerUpload seen) {
        return store().transact(tx -> tx.uploads().delete(seen));
    }

    private LayerUpload created(String principal, Instant now) {
        var upload = LayerUpload.begin(UploadId.random(now), repository, principal, now);
        write(tx -> tx.uploads().create(upload));
        return upload;
    }

    private LayerUpload created(Transaction tx, String principal) {
        var upload = LayerUpload.begin(UploadId.random(NOW), repository, principal, NOW);
        tx.uploads().create(upload);
        return upload;
    }

    private long openBytes(String principal) {
        return store().read(tx -> tx.uploads().openBytes(principal));
    }

    private int countOpen(String principal, int atMost) {
        return store().read(tx -> tx.uploads().countOpen(principal, atMost));
    }

    private boolean isAdvanced(LayerUpload seen, LayerUpload next) {
        return store().transact(tx -> tx.uploads().advance(seen, next));
    }

    /// Whatever it was.
    private static void update(Transaction tx, LayerUpload upload) {
        assertThat(tx.uploads().advance(tx.uploads().find(upload.id()).orElseThrow(), upload))
                .isTrue();
    }
}
