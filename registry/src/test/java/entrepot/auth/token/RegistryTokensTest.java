package entrepot.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.ClockByHand;
import entrepot.auth.KnownKeys;
import entrepot.auth.NewKeys;
import entrepot.auth.Principal;
import entrepot.auth.StoredKeys;
import entrepot.auth.token.RegistryTokens.Verification;
import entrepot.domain.AccountId;
import entrepot.domain.RegistryId;
import entrepot.store.MetadataStore;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTokensTest {

    /// A JSON Web Token, rightly signed by the key that its own head holds.
    private static final String EMBEDDED_KEY = "eyJhbGciOiJIUzI1NiIsImp3ayI6eyJrdHkiOiJvY3QiLCJrIjoiQUFBQSJ9fQ"
            + ".eyJzdWIiOiJyb290In0.Q9qjc02slX8B987hoR-kbC7DQ1ximB1-0LopxpAScWQ";

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final RegistryId REGISTRY = new RegistryId(new AccountId("123456789012"), "eu-west-1");

    @AutoClose
    private final StoredKeys store = new StoredKeys();

    private final ClockByHand clock = new ClockByHand(NOW);
    private final RegistryTokens tokens = tokens(store);
    private final Principal principal = principal(store);

    private ServerSecrets secrets(MetadataStore store, Duration lifetime) {
        return new ServerSecrets(store, "registry-token-key", lifetime, clock, new SecureRandom());
    }

    private RegistryTokens tokens(MetadataStore store) {
        return new RegistryTokens(
                secrets(store, Duration.ofHours(12)), new KnownKeys(store, clock), Duration.ofHours(12));
    }

    private static Principal principal(StoredKeys store) {
        var key = new NewKeys(new SecureRandom()).create(REGISTRY.account(), Instant.EPOCH);
        store.create(key);
        return Principal.ofRoot(key.account(), key.id());
    }

    private String token() {
        return tokens.issue(principal, REGISTRY, NOW).token();
    }

    @Test
    void a_token_says_who_and_which_registry() {
        assertThat(tokens.verify("AWS", token(), NOW))
                .isEqualTo(new Verification.Valid(principal, REGISTRY, NOW.plus(Duration.ofHours(12))));
    }

    @Test
    void a_token_can_be_split_from_its_user_name() {
        assertThat(token()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void a_token_lasts_as_long_as_is_configured() {
        var issued = tokens.issue(principal, REGISTRY, NOW);

        assertThat(issued.expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(12)));
        assertThat(tokens.verify("AWS", issued.token(), issued.expiresAt().minusMillis(1)))
                .isInstanceOf(Verification.Valid.class);
        assertThat(tokens.verify("AWS", issued.token(), issued.expiresAt())).isEqualTo(new Verification.Expired());
    }

    @Test
    void a_token_outlives_a_restart_and_is_good_on_every_node() {
        assertThat(tokens(store).verify("AWS", token(), NOW)).isInstanceOf(Verification.Valid.class);
    }

    @Test
    void a_token_dies_with_its_access_key() {
        var token = token();
        store.delete(principal.accessKeyId());

        assertThat(tokens.verify("AWS", token, NOW)).isEqualTo(new Verification.Invalid());
    }

    @Test
    void a_token_of_another_server_is_none() {
        try (var elsewhere = new StoredKeys()) {
            var foreign =
                    tokens(elsewhere).issue(principal(elsewhere), REGISTRY, NOW).token();

            assertThat(tokens.verify("AWS", foreign, NOW)).isEqualTo(new Verification.Invalid());
        }
    }

    @Test
    void not_a_byte_of_a_token_can_be_changed() {
        var bytes = Base64.getUrlDecoder().decode(token());

        for (var i = 0; i < bytes.length; i++) {
            bytes[i] ^= 1;
            var changed = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            assertThat(tokens.verify("AWS", changed, NOW)).isEqualTo(new Verification.Invalid());
            bytes[i] ^= 1;
        }
    }

    @Test
    void a_token_cut_or_lengthened_is_none() {
        var token = token();

        for (var length = 0; length < token.length() - 1; length++) {
            assertThat(tokens.verify("AWS", token.substring(0, length), NOW)).isEqualTo(new Verification.Invalid());
        }
        assertThat(tokens.verify("AWS", token + token, NOW)).isEqualTo(new Verification.Invalid());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "password",
                "admin",
                "AKIAIOSFODNN7EXAMPLE",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJyb290In0.",
                EMBEDDED_KEY
            })
    void any_other_password_is_none(String password) {
        assertThat(tokens.verify("AWS", password, NOW)).isEqualTo(new Verification.Invalid());
        assertThat(tokens.verifyBearer(password, NOW)).isEqualTo(new Verification.Invalid());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "aws", "root", "<token>"})
    void any_other_user_name_is_none(String user) {
        assertThat(tokens.verify(user, token(), NOW)).isEqualTo(new Verification.Invalid());
    }

    @Test
    void nothing_prints_a_token_or_tells_the_secret() {
        var issued = tokens.issue(principal, REGISTRY, NOW);
        var secret = store.<String>read(tx ->
                tx.accessKeys().find(principal.accessKeyId()).orElseThrow().secret());
        var inside = new String(Base64.getUrlDecoder().decode(issued.token()), StandardCharsets.ISO_8859_1);

        assertThat(issued.toString()).doesNotContain(issued.token());
        assertThat(inside)
                .doesNotContain(secret)
                .doesNotContain(
                        new String(store.secret("registry-token-key").orElseThrow(), StandardCharsets.ISO_8859_1));
    }

    @Test
    void nodes_that_start_together_make_one_secret() throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var issuing = Collections.nCopies(50, (Callable<String>)
                    () -> tokens(store).issue(principal, REGISTRY, NOW).token());

            assertThat(threads.invokeAll(issuing)).extracting(Future::get).containsOnly(token());
        }
    }

    @Test
    void the_secret_is_made_once() {
        token();
        var secret = store.secret("registry-token-key").orElseThrow();
        tokens(store).issue(principal, REGISTRY, NOW);

        assertThat(SecretRing.parse(secret).secrets()).hasSize(1);
        assertThat(store.secret("registry-token-key")).hasValue(secret);
    }
}
