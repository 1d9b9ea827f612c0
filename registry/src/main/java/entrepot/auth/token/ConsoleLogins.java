package entrepot.auth.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.auth.Hmac;
import entrepot.auth.KeyUsage;
import entrepot.auth.KnownKeys;
import entrepot.auth.Principal;
import entrepot.domain.Digest.Algorithm;
import entrepot.store.AccessKeys.Use;
import entrepot.store.ConsoleSessions.Session;
import entrepot.store.MetadataStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who is signed in to the console. Each session is known by a secret of 256 bits that only the browser has,
/// here there is its hash. All nodes share them. One dies with its access key, when it is ended, and after 12
/// hours.
public final class ConsoleLogins {

    /// Of a session.
    public static final Duration LIFETIME = Duration.ofHours(12);

    /// How many a key has at most.
    private static final int MOST = 32;

    private static final int LENGTH = 32;
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final MetadataStore store;
    private final KnownKeys keys;
    private final KeyUsage usage;
    private final SecureRandom random;

    public ConsoleLogins(MetadataStore store, KnownKeys keys, KeyUsage usage, SecureRandom random) {
        this.usage = usage;
        this.store = store;
        this.keys = keys;
        this.random = random;
    }

    /// A session that has begun.
    ///
    /// @param secret for the browser alone
    public record Begun(String secret, Instant endsAt) {
        /// Without the secret, so that no log can hold it.
        @Override
        public String toString() {
            return "Begun[until " + endsAt + "]";
        }
    }

    /// Somebody who is signed in.
    ///
    /// @param formToken what their forms bring, which no other site can know
    public record Login(Principal principal, String formToken, Instant endsAt) {

        /// Whether a form is one of this session's pages.
        public boolean madeForm(String token) {
            return MessageDigest.isEqual(formToken.getBytes(UTF_8), token.getBytes(UTF_8));
        }

        /// Without the token, so that no log can hold it.
        @Override
        public String toString() {
            return "Login[" + principal.arn() + "]";
        }
    }

    /// Begins a new one for whoever has proven to be this, which is a use of their key.
    ///
    /// @param region that they mean
    public Begun begin(Principal principal, String region, Instant now) {
        usage.record(principal.accessKeyId(), new Use(now, region, "ecr"));
        var secret = new byte[LENGTH];
        random.nextBytes(secret);
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        var session = new Session(principal.accessKeyId(), now, now.plus(LIFETIME));
        store.transact(tx -> {
            tx.consoleSessions().begin(hash(text), session, MOST);
            return session;
        });
        return new Begun(text, session.endsAt());
    }

    /// Who has this secret; empty for nobody, and where the session has ended or its key is good no more.
    public Optional<Login> find(String secret, Instant now) {
        return SECRET.matcher(secret).matches()
                ? store.read(tx -> tx.consoleSessions().find(hash(secret)))
                        .filter(session -> now.isBefore(session.endsAt()))
                        .flatMap(session -> keys.principal(session.keyId())
                                .map(principal -> new Login(principal, formToken(secret), session.endsAt())))
                : Optional.empty();
    }

    /// Ends the session of that secret, if there is one.
    public void end(String secret) {
        if (SECRET.matcher(secret).matches()) {
            store.transact(tx -> {
                tx.consoleSessions().end(hash(secret));
                return secret;
            });
        }
    }

    private static byte[] hash(String secret) {
        return Algorithm.SHA256.newComputation().digest(secret.getBytes(UTF_8));
    }

    private static String formToken(String secret) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Hmac.SHA256.of(secret.getBytes(UTF_8), "form"));
    }
}
