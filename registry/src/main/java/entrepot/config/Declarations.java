package entrepot.config;

import entrepot.auth.NewKeys;
import entrepot.auth.policy.MalformedPolicyException;
import entrepot.auth.policy.PolicyDocument;
import entrepot.auth.policy.PolicyKind;
import entrepot.domain.AccountId;
import entrepot.domain.UserName;
import entrepot.store.Users.InlinePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the configuration file declares under `accounts`. A secret is never written there: it comes from a file or
/// from the environment.
public final class Declarations {

    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{1,64}");
    private static final Pattern PATH = Pattern.compile("/|/[!-~]{1,510}/");
    private static final Pattern KEY_ID = Pattern.compile("\\w{16,128}");

    private final Items items;
    private final Map<String, String> environment;

    private Declarations(Items items, Map<String, String> environment) {
        this.items = items;
        this.environment = environment;
    }

    /// An account that is to be.
    public record Account(AccountId id, List<User> users) {}

    /// A user that is to be.
    ///
    /// @param policies the ARNs of all managed policies that the user is to have
    /// @param inline all policies that are to be written into the user
    /// @param key null to leave the user's keys alone
    public record User(
            UserName name,
            String path,
            List<String> policies,
            List<InlinePolicy> inline,
            @Nullable Key key) {}

    /// A key whose id and secret are chosen by who declares it.
    public record Key(String id, String secret) {
        /// Without the secret, so that no log can hold it.
        @Override
        public String toString() {
            return "Key[" + id + "]";
        }
    }

    /// Takes out of the file's keys those that are about accounts.
    ///
    /// @throws ConfigException if one is unknown or its value is bad
    static List<Account> take(Map<String, String> file, Map<String, String> environment) {
        var declarations = new Declarations(Items.take("accounts", file), environment);
        return declarations.items.all(declarations::account);
    }

    /// Takes those out that are about users of no account in particular.
    ///
    /// @throws ConfigException if one is unknown or its value is bad
    static List<User> users(Map<String, String> file, Map<String, String> environment) {
        var declarations = new Declarations(Items.take("users", file), environment);
        return declarations.items.all(declarations::user);
    }

    private Account account(String at) {
        var id = items.required(at + ".id");
        if (!AccountId.isId(id)) {
            throw new ConfigException("%s.id: %s is not allowed; it must be twelve digits".formatted(at, id));
        }
        return new Account(new AccountId(id), items.list(at + ".users", this::user));
    }

    private User user(String at) {
        var policies = items.optional(at + ".policies")
                .map(text -> List.of(text.split(",")))
                .orElse(List.of());
        return new User(
                new UserName(matching(at + ".name", items.required(at + ".name"), NAME)),
                matching(at + ".path", items.optional(at + ".path").orElse("/"), PATH),
                policies,
                items.list(at + ".inline-policies", this::inline),
                items.optional(at + ".access-key.id")
                        .map(id -> key(at + ".access-key", id))
                        .orElse(null));
    }

    private InlinePolicy inline(String at) {
        var name = matching(at + ".name", items.required(at + ".name"), NAME);
        var document = items.optional(at + ".document").orElseGet(() -> text(at + ".document-file"));
        try {
            PolicyDocument.parse(document, PolicyKind.IDENTITY);
        } catch (MalformedPolicyException e) {
            throw new ConfigException("%s: %s".formatted(at, e.getMessage()));
        }
        return new InlinePolicy(name, document);
    }

    private Key key(String at, String id) {
        var variable = items.optional(at + ".secret-env");
        var from = variable.isPresent() ? at + ".secret-env" : at + ".secret-file";
        var secret = variable.map(name -> environment(from, name))
                .orElseGet(() -> text(from))
                .strip();
        if (secret.length() < NewKeys.SHORTEST_SECRET) {
            throw new ConfigException(
                    "%s: the secret has fewer than %d characters".formatted(from, NewKeys.SHORTEST_SECRET));
        }
        return new Key(matching(at + ".id", id, KEY_ID), secret);
    }

    private String environment(String key, String name) {
        return Optional.ofNullable(environment.get(name))
                .orElseThrow(() -> new ConfigException("%s: %s is not set".formatted(key, name)));
    }

    private String text(String key) {
        try {
            return Files.readString(Path.of(items.required(key)));
        } catch (IOException e) {
            throw new ConfigException("%s: %s cannot be read".formatted(key, items.required(key)));
        }
    }

    private static String matching(String key, String text, Pattern form) {
        if (!form.matcher(text).matches()) {
            throw new ConfigException("%s: %s is not allowed; it must match %s".formatted(key, text, form));
        }
        return text;
    }
}
