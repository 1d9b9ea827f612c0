package entrepot.auth.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.ClockByHand;
import entrepot.auth.StoredKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ServerSecretsTest {

    private static final String NAME = "registry-token-key";
    private static final byte[] DATA = "who and where".getBytes(UTF_8);
    private static final Duration LIFETIME = Duration.ofHours(12);
    private static final Duration MONTH = Duration.ofDays(30);

    @AutoClose
    private final StoredKeys store = new StoredKeys();

    private final ClockByHand clock = new ClockByHand(Instant.parse("2026-03-04T05:06:07.089Z"));
    private final ServerSecrets secrets = node(LIFETIME);

    private ServerSecrets node(Duration lifetime) {
        return new ServerSecrets(store, NAME, lifetime, clock, new SecureRandom());
    }

    private String signer() {
        return HexFormat.of().formatHex(secrets.sign(DATA), 0, SigningSecret.SIGNER);
    }

    private int kept() {
        return SecretRing.parse(store.secret(NAME).orElseThrow()).secrets().size();
    }

    private void rotateAfter(Duration time) {
        clock.move(time);
        secrets.rotate(store);
    }

    @Test
    void another_secret_signs_after_thirty_days() {
        var first = signer();

        rotateAfter(MONTH.minusMillis(1));
        assertThat(signer()).isEqualTo(first);

        rotateAfter(Duration.ofMillis(1));
        assertThat(signer()).isNotEqualTo(first);
    }

    @Test
    void rotating_twice_makes_one_secret() {
        var before = secrets.sign(DATA);
        clock.move(MONTH);
        secrets.rotate(store);
        var after = signer();
        node(LIFETIME).rotate(store);

        assertThat(signer()).isEqualTo(after);
        assertThat(kept()).isEqualTo(2);
        assertThat(secrets.signed(DATA, before)).isTrue();
    }

    @Test
    void what_was_signed_before_is_good_until_it_may_be_dropped() {
        secrets.sign(DATA);
        clock.move(MONTH);
        var last = secrets.sign(DATA);
        secrets.rotate(store);

        rotateAfter(LIFETIME.plusDays(1).minusMillis(1));
        assertThat(secrets.signed(DATA, last)).isTrue();
        assertThat(node(LIFETIME).signed(DATA, last)).isTrue();

        rotateAfter(Duration.ofMillis(1));
        assertThat(secrets.signed(DATA, last)).isFalse();
        assertThat(kept()).isEqualTo(1);
    }

    @Test
    void a_longer_lifetime_that_is_configured_later_keeps_a_secret_longer() {
        var longer = Duration.ofDays(7);
        secrets.sign(DATA);
        var signature = node(longer).sign(DATA);
        rotateAfter(MONTH);

        rotateAfter(longer);
        assertThat(secrets.signed(DATA, signature)).isTrue();
        rotateAfter(Duration.ofDays(1));
        assertThat(secrets.signed(DATA, signature)).isFalse();
    }

    @Test
    void a_shorter_lifetime_that_is_configured_later_drops_nothing_early() {
        var signature = secrets.sign(DATA);
        var shorter = node(Duration.ofMinutes(1));
        clock.move(MONTH);
        shorter.rotate(store);

        clock.move(LIFETIME.plusDays(1).minusMillis(1));
        shorter.rotate(store);
        assertThat(shorter.signed(DATA, signature)).isTrue();
    }

    @Test
    void a_node_knows_the_new_secret_of_another_one_at_once() {
        secrets.sign(DATA);
        var other = node(LIFETIME);
        clock.move(MONTH);
        secrets.sign(DATA);
        other.rotate(store);
        clock.move(Duration.ofSeconds(1));

        assertThat(secrets.signed(DATA, other.sign(DATA))).isTrue();
    }

    @Test
    void a_node_that_did_not_hear_of_a_rotation_signs_by_the_new_secret_within_an_hour() {
        var old = signer();
        clock.move(MONTH);
        assertThat(signer()).isEqualTo(old);
        node(LIFETIME).rotate(store);

        clock.move(Duration.ofHours(1));
        assertThat(signer()).isNotEqualTo(old);
    }

    @Test
    void a_flood_of_unknown_signers_costs_a_query_a_second() {
        secrets.sign(DATA);
        var before = store.reads();

        for (var i = 0; i < 1_000; i++) {
            var unknown = new byte[SigningSecret.SIGNATURE];
            unknown[0] = (byte) i;
            assertThat(secrets.signed(DATA, unknown)).isFalse();
            clock.move(Duration.ofMillis(10));
        }

        assertThat(store.reads() - before).isLessThanOrEqualTo(10);
    }

    @Test
    void a_secret_that_was_stored_alone_still_counts() {
        var alone = new byte[SigningSecret.LENGTH];
        alone[7] = 7;
        store.createSecret(NAME, alone);
        var signature = secrets.sign(DATA);

        secrets.rotate(store);
        assertThat(kept()).isEqualTo(2);
        rotateAfter(MONTH);
        assertThat(secrets.signed(DATA, signature)).isTrue();
    }

    @Test
    void no_signature_of_another_length_is_good() {
        var signature = secrets.sign(DATA);

        assertThat(secrets.signed(DATA, signature)).isTrue();
        assertThat(secrets.signed(DATA, new byte[0])).isFalse();
        assertThat(secrets.signed(DATA, Arrays.copyOf(signature, SigningSecret.SIGNER)))
                .isFalse();
        assertThat(secrets.signed(DATA, Arrays.copyOf(signature, SigningSecret.SIGNATURE + 1)))
                .isFalse();
    }
}
