package entrepot.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.EventFilter;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.RegistryId;
import entrepot.domain.ReplicationRules;
import entrepot.domain.SigningProfileArn;
import entrepot.domain.SigningRules;
import entrepot.domain.Tag;
import entrepot.event.EventOutbox;
import entrepot.operation.Images;
import entrepot.operation.World;
import entrepot.operation.history.KeptHistory;
import entrepot.operation.image.BatchGetImage;
import entrepot.operation.image.PutImage;
import entrepot.operation.signing.SigningQueue;
import entrepot.replication.ReplicationOutbox;
import entrepot.store.Line;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How often an operation waits for the server, counted on the way there: what is not here is not bounded. Rights are
/// remembered already, and so is the repository.
class RoundTripsTest {

    /// What looks for changes by itself asks too, a few times a second.
    private static final int TRIES = 20;

    @AutoClose
    private final Line line = TestPostgres.line();

    @AutoClose
    private final World world = World.on(
            PostgresMetadataStore.open(TestPostgres.through(line.port(), TestPostgres.place()), TestPostgres.KEY));

    private Images images;

    @BeforeEach
    void push_what_every_image_needs() {
        images = Images.into(world, World.APP);
        put("warm");
    }

    @Test
    void a_push() {
        assertThat(trips(i -> put("new " + i))).isEqualTo(2);
    }

    @Test
    void a_push_whose_tag_is_taken_from_another_image_that_is_written_down() {
        world.told = new KeptHistory();
        assertThat(trips(i -> put("kept " + i))).isEqualTo(2);
        var app = world.repository(World.APP);
        assertThat(world.metadata
                        .read(tx -> tx.history().events(app.id(), null, null, 100))
                        .size())
                .isEqualTo(TRIES);
    }

    @Test
    void a_push_that_others_are_told_of() {
        world.told = new EventOutbox(List.of(EventFilter.ALL));

        assertThat(trips(i -> put("new " + i))).isEqualTo(2);
        assertThat(world.metadata.<Boolean>read(tx -> !tx.events().fresh(1).isEmpty()))
                .isTrue();
    }

    @Test
    void a_push_that_a_rule_of_replication_is_for_and_one_that_none_is_for() {
        world.told = new ReplicationOutbox();
        assertThat(trips(i -> put("alone " + i))).isEqualTo(2);
        assertThat(world.metadata.<Integer>read(tx -> tx.replication().fresh(99).size()))
                .isZero();

        var there = new RegistryId(World.ID.account(), "us-east-1");
        var rules = new ReplicationRules(List.of(new ReplicationRules.Rule(List.of(there), List.of(), null)));
        world.metadata.transact(tx -> {
            tx.replication().putRules(World.ID, rules, world.clock.instant());
            return rules;
        });
        assertThat(trips(i -> put("new " + i))).isEqualTo(2);
        assertThat(world.metadata.<Integer>read(tx -> tx.replication().fresh(99).size()))
                .isEqualTo(TRIES);
    }

    @Test
    void a_push_that_a_rule_of_signing_is_for_and_one_that_none_is_for() {
        world.told = new SigningQueue();
        assertThat(trips(i -> put("unsigned " + i))).isEqualTo(2);
        assertThat(world.metadata.<Integer>read(tx -> tx.signings().pushes(99).size()))
                .isZero();

        var profile = new SigningProfileArn("arn:aws:signer:eu-west-1:123456789012:/signing-profiles/ci");
        var rules = new SigningRules(List.of(new SigningRules.Rule(profile, List.of())));
        world.metadata.transact(tx -> {
            tx.signings().putRules(World.ID, rules);
            return rules;
        });
        assertThat(trips(i -> put("signed " + i))).isEqualTo(2);
        assertThat(world.metadata.<Integer>read(tx -> tx.signings().pushes(99).size()))
                .isEqualTo(TRIES);
    }

    private void put(String note) {
        var input = new PutImage.Input(null, World.APP, Images.image(note), null, new Tag("latest"), null);
        world.call(images.put, input);
    }

    @Test
    void a_manifest_by_its_tag() {
        var input = new BatchGetImage.Input(null, World.APP, List.of(new ImageIdentifier(null, "latest")), null);
        assertThat(trips(_ -> world.call(images.get, input))).isEqualTo(1);
    }

    /// Of the quietest of some tries.
    private long trips(IntConsumer work) {
        return IntStream.range(0, TRIES)
                .mapToLong(i -> {
                    var before = line.roundTrips();
                    work.accept(i);
                    return line.roundTrips() - before;
                })
                .min()
                .orElseThrow();
    }
}
