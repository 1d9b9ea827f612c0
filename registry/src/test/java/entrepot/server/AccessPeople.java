package entrepot.server;

import entrepot.auth.NewKeys;
import entrepot.domain.AccountId;
import entrepot.domain.Partition;
import entrepot.domain.User;
import entrepot.domain.UserName;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import entrepot.store.TestStores;
import entrepot.store.Users.InlinePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// The users of the access matrix. Each may log in, by a client that calls itself `login`, and besides that nothing,
/// everything, or nothing in spite of a grant.
public final class AccessPeople {

    /// Statements that give nobody anything, where a policy has to be there.
    static final Map<String, Object> NOTHING =
            Map.of("Effect", "Allow", "Principal", Map.of("Service", "example.com"), "Action", "ecr:ListImages");

    static final Map<String, Object> NOTHING_ANYWHERE = new HashMap<>(NOTHING);

    static {
        NOTHING_ANYWHERE.put("Resource", "*");
    }

    private static final String MAY_LOG_IN = """
            {"Statement": [{"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*",
              "Condition": {"StringEquals": {"aws:UserAgent": "login"}}}]}""";
    private static final String ALLOWED = """
            {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}""";
    private static final String DENIED = """
            {"Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*",
              "Condition": {"StringNotEquals": {"aws:UserAgent": "login"}}}]}""";
    private static final Pattern TOKEN = Pattern.compile("\"authorizationToken\":\"([^\"]+)\"");

    private static final AccountId HOME = new AccountId("000000000000");
    private static final AccountId OTHER = new AccountId("999999999999");

    private AccessPeople() {}

    /// A user with what proves it.
    public static final class Person {
        private final User user;
        private final AwsCredentialsIdentity key;
        private @Nullable String token;
        private @Nullable String oldToken;

        Person(User user, AccessKey key) {
            this.user = user;
            this.key = AwsCredentialsIdentity.create(key.id(), key.secret());
        }

        public AwsCredentialsIdentity key() {
            return key;
        }

        String account() {
            return user.account().value();
        }

        String arn() {
            return user.arn(Partition.AWS).value();
        }

        @Nullable
        String token() {
            return token;
        }

        @Nullable
        String oldToken() {
            return oldToken;
        }

        public void logIn(Wire wire, boolean old) {
            var headers = new HashMap<>(Wire.json("GetAuthorizationToken"));
            headers.put("User-Agent", "login");
            try {
                var answer = wire.post(wire.sign(key, "ecr", headers, "{}", Clock.systemUTC()), "{}");
                var found = TOKEN.matcher(answer.body());
                if (!found.find()) {
                    throw new AssertionError(answer);
                }
                token = found.group(1);
                oldToken = old ? token : oldToken;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Makes them in a folder of which no server has been started yet.
    public static Map<String, Person> create(Path data) {
        var people = new LinkedHashMap<String, Person>();
        try (var metadata = TestStores.metadataIn(data)) {
            people.put("bare", create(metadata, HOME, "bare", List.of(MAY_LOG_IN)));
            people.put("allowed", create(metadata, HOME, "allowed", List.of(MAY_LOG_IN, ALLOWED)));
            people.put("denied", create(metadata, HOME, "denied", List.of(MAY_LOG_IN, ALLOWED, DENIED)));
            people.put("stranger", create(metadata, OTHER, "stranger", List.of(MAY_LOG_IN)));
            people.put("guest", create(metadata, OTHER, "guest", List.of(MAY_LOG_IN, ALLOWED)));
        }
        return people;
    }

    private static Person create(MetadataStore metadata, AccountId account, String name, List<String> policies) {
        var keys = new NewKeys(new SecureRandom());
        var now = Instant.now();
        var user = new User(keys.id("AIDA"), account, "/", new UserName(name), now);
        var key = keys.create(account, user, now);
        metadata.transact(tx -> {
            tx.accounts().create(account, now);
            tx.users().create(user);
            tx.accessKeys().create(key);
            policies.forEach(policy ->
                    tx.users().putPolicy(user, new InlinePolicy("p" + policies.indexOf(policy), policy)));
            return key;
        });
        return new Person(user, key);
    }
}
