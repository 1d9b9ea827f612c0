package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Digest;
import entrepot.domain.ImageChange;
import entrepot.domain.ImageChange.Kind;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Origin;
import entrepot.domain.Pusher;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.domain.SigningProfileArn;
import entrepot.domain.SigningRules;
import entrepot.domain.SigningRules.Rule;
import entrepot.domain.SigningStatus;
import entrepot.domain.StoredImage;
import entrepot.operation.signing.SignedPushes;
import entrepot.store.Signings.Made;
import entrepot.store.Signings.Push;
import entrepot.store.Signings.Signing;
import entrepot.store.Signings.State;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

public abstract class SigningsContract extends TablesContract {

    private static final RepositoryName NAME = new RepositoryName("app");
    private static final String PREFIX = "arn:aws:signer:eu-central-1:123456789012:/signing-profiles/";
    private static final SigningProfileArn CI = new SigningProfileArn(PREFIX + "ci");
    private static final SigningProfileArn QA = new SigningProfileArn(PREFIX + "qa");
    private static final SigningRules RULES =
            new SigningRules(List.of(new Rule(CI, List.of()), new Rule(QA, List.of("team/*", "*prod"))));
    private static final Pusher PUSHER = new Pusher("AIDA1", new Origin("10.0.0.7", true, "docker/28 x", "r-1"));
    private static final Instant LATEST = NOW.plusSeconds(600);

    private StoredImage push() {
        return store().transact(tx -> {
            var app = tx.repositories().find(REGISTRY, NAME).orElseGet(() -> repository(tx, "app"));
            var image = tx.images().find(app, digest("image")).orElseGet(() -> image(tx, app, "image"));
            tx.signings().pushed(new ImageChange(Kind.PUSH, app, image, List.of(), "arn:x", NOW, null, PUSHER));
            return image;
        });
    }

    private List<Push> pushes() {
        return listed(tx -> tx.signings().pushes(9));
    }

    private List<Signing> due(Instant now) {
        return listed(tx -> tx.signings().due(now, LATEST, 9));
    }

    private List<State> states(StoredImage image) {
        return listed(tx -> tx.signings().states(image));
    }

    private StoredImage requested() {
        write(tx -> tx.signings().putRules(REGISTRY, RULES));
        var image = push();
        var push = pushes().getFirst();
        write(tx -> {
            tx.signings().request(push, CI, NOW);
            tx.signings().settle(push);
        });
        return image;
    }

    @Test
    void rules_are_had_back_as_they_were_put_until_they_are_removed() {
        assertThat(found(tx -> tx.signings().rules(REGISTRY))).isEmpty();

        write(tx -> tx.signings().putRules(REGISTRY, new SigningRules(List.of())));
        assertThat(found(tx -> tx.signings().rules(REGISTRY))).contains(new SigningRules(List.of()));
        write(tx -> tx.signings().putRules(REGISTRY, RULES));
        assertThat(found(tx -> tx.signings().rules(REGISTRY))).contains(RULES);
        assertThat(found(tx -> tx.signings().rules(new RegistryId(REGISTRY.account(), "us-east-1"))))
                .isEmpty();

        write(tx -> tx.signings().removeRules(REGISTRY));
        assertThat(found(tx -> tx.signings().rules(REGISTRY))).isEmpty();
    }

    @Test
    void a_push_is_written_down_with_its_pusher_and_the_rules_of_its_time_where_there_are_some() {
        push();
        write(tx -> tx.signings().putRules(REGISTRY, new SigningRules(List.of())));
        push();
        assertThat(pushes()).isEmpty();

        write(tx -> tx.signings().putRules(REGISTRY, RULES));
        var image = push();
        write(tx -> tx.signings().removeRules(REGISTRY));

        assertThat(pushes()).singleElement().satisfies(push -> {
            assertThat(push.image()).isEqualTo(image.id());
            assertThat(push.digest()).isEqualTo(image.digest());
            assertThat(push.pusher()).isEqualTo(PUSHER);
            assertThat(push.rules()).isEqualTo(RULES);
            assertThat(push.at()).isEqualTo(NOW);
        });
        assertThat(listed(tx -> tx.signings().pushes(image))).isEqualTo(pushes());
    }

    @Test
    void pushes_know_the_rules_of_their_time_whatever_is_put_after_them() {
        var others = new SigningRules(List.of(new Rule(QA, List.of())));
        write(tx -> tx.signings().putRules(REGISTRY, RULES));
        push();
        for (var rules : List.of(others, RULES, others)) {
            write(tx -> tx.signings().putRules(REGISTRY, rules));
        }
        push();

        assertThat(pushes()).extracting(Push::rules).containsExactly(RULES, others);
        assertThat(pushes()).extracting(Push::isOld).containsExactly(false, false);
    }

    @Test
    void those_to_decide_are_found_by_whoever_decides() {
        write(tx -> tx.signings().putRules(REGISTRY, RULES));
        push();

        assertThat(new SignedPushes(store(), InstantSource.fixed(NOW)).first(9)).isEqualTo(pushes());
    }

    @Test
    void what_waits_is_counted() {
        requested();
        push();

        assertThat(found(tx -> Optional.of(tx.signings().waiting(9)))).contains(2L);
        assertThat(found(tx -> Optional.of(tx.signings().waiting(0)))).contains(0L);
    }

    @Test
    void a_settled_push_is_decided_no_more() {
        requested();
        assertThat(pushes()).isEmpty();
    }

    @Test
    void a_signature_is_due_when_it_is_asked_for_and_again_when_it_was_put_off() {
        var image = requested();
        var signing = due(NOW).getFirst();
        assertThat(signing)
                .isEqualTo(new Signing(image.id(), signing.repository(), image.digest(), CI, PUSHER, NOW, 0));

        write(tx -> tx.signings().postpone(signing, NOW.plusSeconds(5)));
        assertThat(due(NOW.plusSeconds(4))).isEmpty();
        assertThat(due(NOW.plusSeconds(5)))
                .singleElement()
                .satisfies(again -> assertThat(again.tries()).isEqualTo(1));
    }

    @Test
    void one_that_is_due_later_than_any_can_be_is_due() {
        requested();
        var signing = due(NOW).getFirst();
        write(tx -> tx.signings().postpone(signing, LATEST.plusSeconds(1)));
        assertThat(due(NOW)).hasSize(1);
    }

    @Test
    void what_was_made_is_kept_under_the_cover_until_it_is_stored() {
        var image = requested();
        var signing = due(NOW).getFirst();
        var made = new Made(ManifestBytes.ofText("{\"a\":1}"), new byte[] {1, 2});
        Cover cover = new Turned();
        assertThat(found(tx -> tx.signings().made(signing, cover))).isEmpty();

        write(tx -> tx.signings().keep(signing, made, cover));
        var found = found(tx -> tx.signings().made(signing, cover)).orElseThrow();
        assertThat(found.manifest()).isEqualTo(made.manifest());
        assertThat(found.envelope()).containsExactly(1, 2);
        assertThatThrownBy(() -> found(tx -> tx.signings().made(signing, new Other())))
                .isInstanceOf(RuntimeException.class);

        write(tx -> tx.signings().complete(signing));
        assertThat(due(LATEST)).isEmpty();
        assertThat(found(tx -> tx.signings().made(signing, cover))).isEmpty();
        var digest = made.manifest().digest(Digest.Algorithm.SHA256);
        assertThat(states(image)).containsExactly(new State(CI, SigningStatus.COMPLETE, null, null, digest));
    }

    /// Every bit is another one.
    private static final class Turned implements Cover {
        @Override
        public byte[] seal(String name, byte[] plain) {
            var turned = plain.clone();
            for (int i = 0; i < turned.length; i++) {
                turned[i] = (byte) ~turned[i];
            }
            return turned;
        }

        @Override
        public byte[] open(String name, byte[] sealed) {
            return seal(name, sealed);
        }
    }

    private static final class Other implements Cover {
        @Override
        public byte[] seal(String name, byte[] plain) {
            return plain;
        }

        @Override
        public byte[] open(String name, byte[] sealed) {
            throw new IllegalStateException("sealed under another cover");
        }
    }

    @Test
    void one_that_failed_says_why_and_is_asked_for_again_by_the_next_push() {
        var image = requested();
        var signing = due(NOW).getFirst();
        write(tx -> tx.signings().fail(signing, "C", "why"));
        assertThat(states(image)).containsExactly(new State(CI, SigningStatus.FAILED, "C", "why", null));
        assertThat(due(LATEST)).isEmpty();

        push();
        var push = pushes().getFirst();
        write(tx -> tx.signings().request(push, CI, NOW));
        assertThat(states(image)).containsExactly(new State(CI, SigningStatus.IN_PROGRESS, null, null, null));
        assertThat(due(NOW)).hasSize(1);
    }

    @Test
    void a_push_waits_while_a_signature_of_its_image_is_made() {
        var image = requested();
        push();
        assertThat(pushes()).isEmpty();
        assertThat(listed(tx -> tx.signings().pushes(image))).hasSize(1);

        var signing = due(NOW).getFirst();
        write(tx -> tx.signings().fail(signing, "C", "why"));
        assertThat(pushes()).hasSize(1);
    }

    @Test
    void of_an_image_that_is_forgotten_nothing_is_signed() {
        var image = requested();
        push();
        write(tx -> tx.signings().forget(image));
        assertThat(pushes()).isEmpty();
        assertThat(due(LATEST)).isEmpty();
        assertThat(states(image)).isEmpty();
    }

    @Test
    void one_that_is_dropped_is_shown_no_more() {
        var image = requested();
        var signing = due(NOW).getFirst();
        write(tx -> tx.signings().drop(signing));
        assertThat(states(image)).isEmpty();
    }
}
