package entrepot.job;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.ClockByHand;
import entrepot.auth.KeyUsage;
import entrepot.domain.AccountId;
import entrepot.domain.BlobKey;
import entrepot.domain.LayerUpload;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.TagMutability;
import entrepot.domain.UploadId;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.AccessKeys.Use;
import entrepot.store.Garbage.Discarded;
import entrepot.store.MetadataStore;
import entrepot.store.TestStores;
import entrepot.store.Transaction;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A row that cannot be dealt with holds none back that is behind it. Triggers make the database refuse one row.
class BadRowsTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final RegistryId REGISTRY = new RegistryId(new AccountId("123456789012"), "eu-west-1");
    private static final Duration EXPIRY = Duration.ofHours(24);

    @TempDir
    Path folder;

    private final ClockByHand clock = new ClockByHand(NOW);
    private MetadataStore metadata;

    @BeforeEach
    void open() throws IOException {
        metadata = TestStores.metadataIn(folder);
    }

    @AfterEach
    void close() {
        metadata.close();
    }

    @Test
    void keys_that_cannot_be_deleted_wait_behind_the_rest() throws IOException {
        var bad = discarded("badff", 1_200, NOW.minusSeconds(60));
        var good = discarded("900d0", 700, NOW);
        var job = new DiscardedBlobs(metadata, new Undeletable(bad), clock);

        var first = job.runOnce();
        assertThat(first.count()).isEqualTo(1_000);
        assertThat(first.summary().orElseThrow())
                .startsWith("1000 failed, first badff")
                .contains("no right to it");
        var second = job.runOnce();
        assertThat(second.count()).isEqualTo(200);

        assertThat(due(NOW)).isEmpty();
        assertThat(due(NOW.plusSeconds(10)))
                .containsExactlyInAnyOrderElementsOf(bad)
                .doesNotContainAnyElementsOf(good);
    }

    @Test
    void a_key_that_could_not_be_deleted_is_tried_again_later_each_time() {
        var bad = discarded("badff", 1, NOW);
        new DiscardedBlobs(metadata, new Undeletable(bad), clock).runOnce();
        var job = new DiscardedBlobs(metadata, new Undeletable(List.of()), clock);

        clock.move(Duration.ofSeconds(9));
        job.runOnce();
        assertThat(due(NOW.plusSeconds(10))).isEqualTo(bad);
        clock.move(Duration.ofSeconds(1));
        new DiscardedBlobs(metadata, new Undeletable(bad), clock).runOnce();
        assertThat(due(NOW.plusSeconds(29))).isEmpty();
        assertThat(metadata.<List<Discarded>>read(tx -> tx.garbage().failed(10)))
                .containsExactly(new Discarded(bad.getFirst(), 0, 2, "no right to it"));
        clock.move(Duration.ofSeconds(20));
        job.runOnce();
        assertThat(due(NOW.plusSeconds(6_000))).isEmpty();
    }

    @Test
    void an_upload_that_cannot_be_ended_holds_back_no_other() throws SQLException {
        var app = repository("app");
        var uploads = IntStream.range(0, 600).mapToObj(i -> upload(app, i)).toList();
        refuse("delete on upload when old.id = '%s'"
                .formatted(uploads.getFirst().id()));
        clock.move(EXPIRY.plusSeconds(1_000));

        var failures = new ExpiredUploads(metadata, clock, EXPIRY).runOnce();

        assertThat(failures.count()).isEqualTo(1);
        var left = metadata.read(tx -> tx.uploads().untouchedSince(clock.instant(), 1_000));
        assertThat(left).containsExactly(uploads.getFirst());
        assertThat(due(clock.instant())).hasSize(599);
    }

    @Test
    void a_repository_that_cannot_be_purged_holds_back_no_other() throws SQLException {
        var all = List.of(repository("bad"), repository("one"), repository("two"));
        write(tx -> all.forEach(repository -> tx.repositories().delete(repository, NOW)));
        refuse("delete on repository when old.id = " + all.getFirst().id());

        var failures = new DeletedRepositories(metadata).runOnce();

        assertThat(failures.count()).isEqualTo(1);
        var left = metadata.read(tx -> tx.repositories().deleted(10));
        assertThat(left).containsExactly(all.getFirst().id());
    }

    @Test
    void a_use_that_cannot_be_stored_stays_for_the_next_time_and_the_others_are_stored() throws SQLException {
        var use = new Use(NOW, "eu-west-1", "ecr");
        var usage = new KeyUsage();
        write(tx -> tx.accounts().create(REGISTRY.account(), NOW));
        for (var id : List.of("AKIABAD", "AKIAGOOD")) {
            write(tx -> tx.accessKeys().create(key(id)));
            usage.record(id, use);
        }
        refuse("update on access_key when old.id = 'AKIABAD'");

        var failures = new UsedKeys(metadata, usage).runOnce();

        assertThat(failures.count()).isEqualTo(1);
        assertThat(usage.pending()).containsOnlyKeys("AKIABAD");
    }

    private static AccessKey key(String id) {
        return AccessKey.ofRoot(id, "secret", REGISTRY.account(), NOW);
    }

    private List<BlobKey> discarded(String name, int count, Instant notBefore) {
        var keys = IntStream.range(0, count)
                .mapToObj(i -> new BlobKey(name + "0%030x".formatted(i)))
                .toList();
        write(tx -> keys.forEach(key -> tx.layers().discard(key, notBefore)));
        return keys;
    }

    private List<BlobKey> due(Instant now) {
        return metadata.read(tx -> tx.layers().discarded(now, 10_000));
    }

    private Repository repository(String name) {
        return metadata.transact(
                tx -> tx.repositories().create(REGISTRY, new RepositoryName(name), TagMutability.MUTABLE, false, NOW));
    }

    private LayerUpload upload(Repository repository, int seconds) {
        var now = NOW.plusSeconds(seconds);
        var upload = LayerUpload.begin(UploadId.random(now), repository, "arn:alice", now);
        write(tx -> tx.uploads().create(upload));
        return upload;
    }

    private void write(Consumer<Transaction> work) {
        metadata.transact(tx -> {
            work.accept(tx);
            return true;
        });
    }

    private void refuse(String what) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("metadata.db"));
                var statement = connection.createStatement()) {
            statement.execute("create trigger bad before " + what + " begin select raise(abort, 'a bad row'); end");
        }
    }
}
