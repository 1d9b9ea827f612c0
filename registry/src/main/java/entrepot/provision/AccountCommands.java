package entrepot.provision;

import entrepot.admin.AdminCommand;
import entrepot.auth.NewKeys;
import entrepot.config.Config;
import entrepot.domain.RegistryId;
import entrepot.folder.CredentialsFile;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What an administrator can do with accounts. The keys of an account's root are in the credentials file, under
/// profile `[default]` for the configured account, under its id for any other.
public final class AccountCommands {

    public static final String CREATE = "account create";
    public static final String LIST = "account list";
    public static final String ROTATE = "account rotate-root-key";

    private static final int AT_ONCE = 1_000;

    private final MetadataStore metadata;
    private final CredentialsFile file;
    private final Config config;
    private final NewKeys keys;
    private final InstantSource clock;

    public AccountCommands(
            MetadataStore metadata, CredentialsFile file, Config config, NewKeys keys, InstantSource clock) {
        this.metadata = metadata;
        this.file = file;
        this.config = config;
        this.keys = keys;
        this.clock = clock;
    }

    /// All of them, by name.
    public Map<String, AdminCommand> all() {
        return Map.of(
                CREATE, arguments -> create(only(arguments)),
                LIST, arguments -> list(),
                ROTATE,
                        arguments ->
                                rotate(arguments.isEmpty() ? config.registries().account() : only(arguments)));
    }

    /// Runs one of them.
    ///
    /// @throws IOException if it cannot be done
    public List<String> run(String command, List<String> arguments) throws IOException {
        return Objects.requireNonNull(all().get(command)).run(arguments);
    }

    private synchronized List<String> create(String account) throws IOException {
        if (!RegistryId.isAccount(account)) {
            throw new IOException("an account is twelve digits, not " + account);
        }
        var key = keys.create(account, clock.instant());
        var isNew = metadata.transact(tx -> {
            if (tx.accounts().exists(account)) {
                return false;
            }
            tx.accounts().create(account, key.createdAt());
            tx.accessKeys().create(key);
            return true;
        });
        if (!isNew) {
            throw new IOException("account %s is there already".formatted(account));
        }
        write(key);
        return List.of("account %s: the keys of its root are profile [%s] in %s"
                .formatted(account, profile(account), file.path()));
    }

    private List<String> list() {
        var accounts = new ArrayList<String>();
        List<String> page;
        do {
            var after = accounts.isEmpty() ? null : accounts.getLast();
            page = metadata.read(tx -> tx.accounts().list(after, AT_ONCE));
            accounts.addAll(page);
        } while (page.size() == AT_ONCE);
        return accounts;
    }

    /// The new key lives, and can be found, before the old ones die.
    private synchronized List<String> rotate(String account) throws IOException {
        var key = keys.create(account, clock.instant());
        var exists = metadata.transact(tx -> {
            var found = tx.accounts().exists(account);
            if (found) {
                tx.accessKeys().create(key);
            }
            return found;
        });
        if (!exists) {
            throw new IOException("there is no account " + account);
        }
        write(key);
        var dead = metadata.transact(tx -> {
            var old = tx.accessKeys().of(account, null).stream()
                    .map(AccessKey::id)
                    .filter(id -> !id.equals(key.id()))
                    .toList();
            old.forEach(tx.accessKeys()::delete);
            return old;
        });
        return List.of("account %s: root's key is %s, in %s; dead: %s"
                .formatted(account, key.id(), file.path(), dead.isEmpty() ? "none" : String.join(", ", dead)));
    }

    private void write(AccessKey key) throws IOException {
        file.put(
                profile(key.account()),
                new CredentialsFile.Credentials(key.id(), key.secret()),
                config.registries().region());
    }

    private String profile(String account) {
        return account.equals(config.registries().account()) ? CredentialsFile.DEFAULT : account;
    }

    private static String only(List<String> arguments) throws IOException {
        if (arguments.size() != 1) {
            throw new IOException("one account is needed");
        }
        return arguments.getFirst();
    }
}
