package entrepot.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.ClockByHand;
import entrepot.auth.Hmac;
import entrepot.auth.KnownKeys;
import entrepot.auth.NewKeys;
import entrepot.auth.Regions;
import entrepot.auth.StoredKeys;
import entrepot.auth.token.RegistryTokens.Verification;
import entrepot.domain.AccountId;
import entrepot.domain.RegistryId;
import entrepot.store.AccessKeys.AccessKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final RegistryId ASKED = new RegistryId(new AccountId("999999999999"), "eu-west-1");
    private static final String UNKNOWN = "AKIAAAAAAAAAAAAAAAAA";

    @AutoClose
    private final StoredKeys store = new StoredKeys();

    private final ClockByHand clock = new ClockByHand(NOW);
    private final KnownKeys keys = new KnownKeys(store.elsewhere(), clock);
    private final List<Integer> work = new ArrayList<>();
    private final AccessKey key = new NewKeys(new SecureRandom()).create(new AccountId("123456789012"), NOW);

    private final RegistryTokens tokens = new RegistryTokens(
            new ServerSecrets(store, "tokens", Duration.ofHours(12), clock, new SecureRandom()),
            keys,
            Duration.ofHours(12));
    private final Hmac counting = (secret, data) -> {
        work.add(data.length);
        return Hmac.SHA256.of(secret, data);
    };

    PasswordsTest() {
        store.create(key);
    }

    private Passwords passwords(boolean takesKeys) {
        return new Passwords(tokens, keys, new Regions(Set.of("eu-west-1")), takesKeys, counting);
    }

    private Verification login(String user, String password) {
        return passwords(true).verify(user, password, ASKED, NOW);
    }

    @Test
    void a_key_logs_in_to_its_own_account_in_the_region_that_was_called() {
        var owner = keys.principal(key.id()).orElseThrow();

        assertThat(login(key.id(), key.secret()))
                .isEqualTo(new Verification.Valid(
                        owner, new RegistryId(new AccountId("123456789012"), "eu-west-1"), Instant.MAX));
    }

    @Test
    void a_token_logs_in_as_ever() {
        var registry = new RegistryId(new AccountId("123456789012"), "us-east-1");
        var token = tokens.issue(keys.principal(key.id()).orElseThrow(), registry, NOW)
                .token();

        assertThat(login("AWS", token)).isInstanceOf(Verification.Valid.class);
        assertThat(login("AWS", key.secret())).isEqualTo(new Verification.Invalid());
        assertThat(login(key.id(), token)).isEqualTo(new Verification.Invalid());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "password", "0000000000000000000000000000000000000000"})
    void any_other_secret_is_refused_of_known_and_unknown_keys_alike(String secret) {
        for (var id : new String[] {key.id(), UNKNOWN, "", "root", key.id() + "'"}) {
            assertThat(login(id, secret)).isEqualTo(new Verification.Invalid());
        }
    }

    @Test
    void an_unknown_key_takes_the_same_work_as_a_wrong_secret() {
        login(key.id(), "wrong");
        var wrong = List.copyOf(work);
        work.clear();
        login(UNKNOWN, "wrong");

        assertThat(work).isEqualTo(wrong).containsExactly(5, key.secret().length());
    }

    @Test
    void a_deleted_key_is_dead_within_a_second() {
        assertThat(login(key.id(), key.secret())).isInstanceOf(Verification.Valid.class);
        store.delete(key.id());
        clock.move(Duration.ofSeconds(1));

        assertThat(login(key.id(), key.secret())).isEqualTo(new Verification.Invalid());
    }

    @Test
    void a_region_that_is_not_served_is_nowhere_to_log_in() {
        var elsewhere = new RegistryId(new AccountId("123456789012"), "us-east-1");

        assertThat(passwords(true).verify(key.id(), key.secret(), elsewhere, NOW))
                .isEqualTo(new Verification.Invalid());
    }

    @Test
    void keys_are_taken_only_where_they_are_configured_to_be() {
        assertThat(passwords(false).verify(key.id(), key.secret(), ASKED, NOW)).isEqualTo(new Verification.Invalid());
        assertThat(work).isEmpty();
    }
}
