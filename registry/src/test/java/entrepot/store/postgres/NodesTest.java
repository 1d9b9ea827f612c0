package entrepot.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.AccountId;
import entrepot.domain.Digest;
import entrepot.domain.ImageChange;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.Origin;
import entrepot.domain.Pusher;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.SigningProfileArn;
import entrepot.domain.SigningRules;
import entrepot.domain.StoredImage;
import entrepot.domain.TagMutability;
import entrepot.store.Cover;
import entrepot.store.NewImage;
import entrepot.store.Signings.Push;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two processes on one database.
class NodesTest {

    private PostgresPlace place;
    private PostgresMetadataStore here;
    private PostgresMetadataStore there;

    @BeforeEach
    void open_two() {
        place = TestPostgres.place();
        here = PostgresMetadataStore.open(place, TestPostgres.KEY);
        there = PostgresMetadataStore.open(place, TestPostgres.KEY);
    }

    @AfterEach
    void close_both() {
        here.close();
        there.close();
    }

    @Test
    void what_one_has_committed_the_other_reads() {
        for (int i = 0; i < 50; i++) {
            var account = new AccountId("%012d".formatted(i));
            create(here, account);
            assertThat(there.<Boolean>read(tx -> tx.accounts().exists(account))).isTrue();
        }
    }

    @Test
    void a_change_of_who_may_do_what_is_counted_here_at_once_and_there_soon() throws Exception {
        var here1 = here.accessChanges();
        var there1 = there.accessChanges();

        create(here, new AccountId("123456789012"));

        assertThat(here.accessChanges()).isGreaterThan(here1);
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (there.accessChanges() == there1 && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertThat(there.accessChanges()).isGreaterThan(there1);
    }

    /// Nobody who puts rules waits for who pushes, or fails by him.
    @Test
    void rules_that_a_push_has_seen_stay_where_others_are_put_before_it_is_committed() {
        var registry = new RegistryId(new AccountId("123456789012"), "eu-central-1");
        put(here, registry, "one");
        var image = here.transact(tx -> pushed(tx, registry));

        here.transactGuarded(tx -> {
            tx.signings().pushed(push(image));
            assertThat(tx.signings().pushes(image.image())).hasSize(1);
            for (var name : List.of("two", "three", "four")) {
                put(there, registry, name);
            }
            return true;
        });

        assertThat(here.<List<Push>>read(tx -> tx.signings().pushes(9)))
                .singleElement()
                .satisfies(push -> assertThat(push.rules()).isEqualTo(rules("one")));
    }

    @Test
    void a_push_by_rules_that_the_version_before_has_put_is_written_once() {
        var registry = new RegistryId(new AccountId("123456789012"), "eu-central-1");
        put(here, registry, "one");
        TestPostgres.execute(
                place, "update registry_signing set rules = '" + rules("two").text() + "'");
        here.transactGuarded(tx -> {
            tx.signings().pushed(push(pushed(tx, registry)));
            return true;
        });

        assertThat(here.<List<Push>>read(tx -> tx.signings().pushes(9)))
                .singleElement()
                .matches(Push::isOld)
                .satisfies(push -> assertThat(push.rules()).isEqualTo(rules("two")));
    }

    private record Pushed(Repository repository, StoredImage image) {}

    private static Pushed pushed(Transaction tx, RegistryId registry) {
        var app = tx.repositories()
                .create(registry, new RepositoryName("app"), TagMutability.MUTABLE, false, Instant.EPOCH);
        var text = ManifestBytes.ofText("image");
        var image = new NewImage(
                text.digest(Digest.Algorithm.SHA256),
                MediaType.OCI_MANIFEST,
                null,
                null,
                null,
                5,
                Map.of(),
                List.of(),
                Instant.EPOCH,
                0);
        return new Pushed(app, tx.images().add(app, image, text, Cover.NONE));
    }

    private static ImageChange push(Pushed pushed) {
        var pusher = new Pusher("AIDA1", new Origin("10.0.0.7", true, "docker", "r-1"));
        return new ImageChange(
                ImageChange.Kind.PUSH,
                pushed.repository(),
                pushed.image(),
                List.of(),
                "arn:x",
                Instant.EPOCH,
                null,
                pusher);
    }

    private static void put(PostgresMetadataStore store, RegistryId registry, String name) {
        store.transact(tx -> {
            tx.signings().putRules(registry, rules(name));
            return true;
        });
    }

    private static SigningRules rules(String name) {
        var profile = new SigningProfileArn("arn:aws:signer:eu-central-1:123456789012:/signing-profiles/" + name);
        return new SigningRules(List.of(new SigningRules.Rule(profile, List.of())));
    }

    private static void create(PostgresMetadataStore store, AccountId account) {
        store.transact(tx -> {
            tx.accounts().create(account, Instant.EPOCH);
            return true;
        });
    }
}
