package entrepot.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.AccountId;
import entrepot.domain.CustomerPolicy;
import entrepot.domain.Partition;
import entrepot.domain.RepositoryName;
import entrepot.domain.User;
import entrepot.domain.UserName;
import entrepot.store.AccessKeys.AccessKey;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What two may do at the same moment that runs as if alone: whatever it reads, and however it is written.
public abstract class RacesAloneContract extends TablesContract {

    private static final int CROWD = 24;
    private static final AccountId ACCOUNT = new AccountId("123456789012");
    private static final User ANN = new User("AIDAANN", ACCOUNT, "/", new UserName("ann"), NOW);
    private static final CustomerPolicy PUSH = new CustomerPolicy("ANPA1", ACCOUNT, "/", "Push", null, 1, 1, NOW, NOW);

    @BeforeEach
    void store_a_user_and_a_policy() {
        write(tx -> {
            tx.accounts().create(ACCOUNT, NOW);
            tx.users().create(ANN);
            tx.policies().create(PUSH, "{}");
        });
    }

    private Race race(Race.Work first, Race.Work second) throws InterruptedException {
        return Race.of(store()::transact, first, second);
    }

    @Test
    void a_repository_that_two_make_is_made_once() throws Exception {
        assertThat(race(RacesAloneContract::create, RacesAloneContract::create).exactlyOne())
                .isTrue();

        assertThat(listed(tx -> tx.repositories().list(REGISTRY, null, 10))).hasSize(1);
    }

    private static void create(Transaction tx, Runnable hasLooked) {
        var isThere =
                tx.repositories().find(REGISTRY, new RepositoryName("app")).isPresent();
        hasLooked.run();
        refuseUnless(!isThere);
        repository(tx, "app");
    }

    @Test
    void the_last_key_stays_when_two_delete_one_each() throws Exception {
        write(tx -> {
            tx.accessKeys().create(key("AKIA1"));
            tx.accessKeys().create(key("AKIA2"));
        });

        assertThat(race(deleteUnlessLast("AKIA1"), deleteUnlessLast("AKIA2")).exactlyOne())
                .isTrue();

        assertThat(listed(tx -> tx.accessKeys().of(ACCOUNT, ANN))).hasSize(1);
    }

    private static Race.Work deleteUnlessLast(String id) {
        return (tx, hasLooked) -> {
            var keys = tx.accessKeys().of(ACCOUNT, ANN);
            hasLooked.run();
            refuseUnless(keys.size() > 1);
            tx.accessKeys().delete(id);
        };
    }

    @Test
    void what_two_add_to_a_secret_is_in_it() throws Exception {
        write(tx -> tx.accessKeys().createSecret("ring", "".getBytes(UTF_8)));

        assertThat(race(addToRing("a"), addToRing("b"))).isEqualTo(new Race(true, true));

        var ring = found(tx -> tx.accessKeys().secret("ring")).map(value -> new String(value, UTF_8));
        assertThat(ring.orElseThrow()).isIn("ab", "ba");
    }

    private static Race.Work addToRing(String more) {
        return (tx, hasLooked) -> {
            var ring = new String(tx.accessKeys().secret("ring").orElseThrow(), UTF_8);
            hasLooked.run();
            tx.accessKeys().replaceSecret("ring", (ring + more).getBytes(UTF_8));
        };
    }

    @Test
    void a_policy_is_attached_or_deleted_but_never_both() throws Exception {
        var arn = PUSH.arn(Partition.AWS);
        var race = race(
                (tx, hasLooked) -> {
                    var policy = tx.policies().find(arn);
                    hasLooked.run();
                    refuseUnless(policy.isPresent());
                    tx.users().attach(ANN, arn);
                },
                (tx, hasLooked) -> {
                    var attachments = tx.policies().attachments(ACCOUNT, arn);
                    hasLooked.run();
                    refuseUnless(attachments == 0);
                    tx.policies().delete(PUSH);
                });

        assertThat(race.exactlyOne()).isTrue();
        assertThat(found(tx -> tx.policies().find(arn)).isPresent()).isEqualTo(race.first());
        assertThat(listed(tx -> tx.users().attached(ANN))).hasSize(race.first() ? 1 : 0);
    }

    @Test
    void a_user_gets_a_key_or_is_deleted_but_never_both() throws Exception {
        var race = race(
                (tx, hasLooked) -> {
                    var user = tx.users().find(ANN.id());
                    hasLooked.run();
                    refuseUnless(user.isPresent());
                    tx.accessKeys().create(key("AKIA1"));
                },
                (tx, hasLooked) -> {
                    var keys = tx.accessKeys().of(ACCOUNT, ANN);
                    hasLooked.run();
                    refuseUnless(keys.isEmpty());
                    tx.users().delete(ANN);
                });

        assertThat(race.exactlyOne()).isTrue();
        assertThat(found(tx -> tx.accessKeys().find("AKIA1")).isPresent()).isEqualTo(race.first());
    }

    /// Each of them reads what all of them write.
    @Test
    void a_crowd_that_must_take_turns_comes_to_an_end() throws Exception {
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < CROWD; i++) {
            var name = "app" + i;
            tasks.add(() -> store().transact(tx -> {
                var count = tx.repositories().count(REGISTRY);
                repository(tx, name);
                return count;
            }));
        }
        var counts = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each : threads.invokeAll(tasks)) {
                counts.add(each.get());
            }
        }

        assertThat(counts).doesNotHaveDuplicates();
        assertThat(store().<Integer>read(tx -> tx.repositories().count(REGISTRY)))
                .isEqualTo(CROWD);
    }

    private static AccessKey key(String id) {
        return new AccessKey(id, "s3cret", ACCOUNT, ANN, true, NOW);
    }
}
