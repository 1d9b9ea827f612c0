package entrepot.provision;

import entrepot.admin.AdminCommand;
import entrepot.auth.NewKeys;
import entrepot.domain.AccountId;
import entrepot.domain.RegistryId;
import entrepot.folder.CredentialsFile;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What an administrator can do with accounts. The keys of an account's root are in the credentials file, under
/// profile `[default]` for the configured account, under its id for any other.
public final class AccountCommands {

    public static final String CREATE = "account create";
    public static final String LIST = "account list";
    public static final String ROTATE = "account rotate-root-key";

    private static final String ILL_FORMED = "an account is twelve digits, not ";
    private static final String ABSENT = "there is no account ";
    private static final int AT_ONCE = 1_000;

    private final MetadataStore metadata;
    private final CredentialsFile file;
    private final RegistryId home;
    private final NewKeys keys;
    private final InstantSource clock;
    private final Ledger ledger;

    /// @param home the configured account and region
    public AccountCommands(
            MetadataStore metadata,
            CredentialsFile file,
            RegistryId home,
            NewKeys keys,
            InstantSource clock,
            Ledger ledger) {
        this.metadata = metadata;
        this.file = file;
        this.home = home;
        this.keys = keys;
        this.clock = clock;
        this.ledger = ledger;
    }

    /// All of them, by name.
    public Map<String, AdminCommand> all() {
        return Map.of(
                CREATE, arguments -> create(account(only(arguments), ILL_FORMED), ledger.ofCommand(CREATE)),
                LIST, arguments -> list().stream().map(AccountId::value).toList(),
                ROTATE, arguments -> rotate(arguments.isEmpty() ? home.account() : account(only(arguments), ABSENT)));
    }

    /// Runs one of them.
    ///
    /// @throws IOException if it cannot be done
    public List<String> run(String command, List<String> arguments) throws IOException {
        return Objects.requireNonNull(all().get(command)).run(arguments);
    }

    /// @param told what is told of it
    synchronized List<String> create(AccountId account, Ledger told) throws IOException {
        return make(account, told).orElseThrow(() -> new IOException("account %s is there already".formatted(account)));
    }

    /// The same, unless it is there: another node may be making it at this moment.
    synchronized void ensure(AccountId account, Ledger told) throws IOException {
        if (!metadata.<Boolean>read(tx -> tx.accounts().exists(account))) {
            make(account, told);
        }
    }

    private Optional<List<String>> make(AccountId account, Ledger told) throws IOException {
        var key = keys.create(account, clock.instant());
        var isNew = told.transact(metadata, (tx, acts) -> {
            if (tx.accounts().exists(account)) {
                return false;
            }
            tx.accounts().create(account, key.createdAt());
            acts.createAccount(account);
            tx.accessKeys().create(key);
            acts.createKey(key);
            return true;
        });
        if (!isNew) {
            return Optional.empty();
        }
        write(key);
        return Optional.of(List.of("account %s: the keys of its root are profile [%s] in %s"
                .formatted(account, profile(account), file.path())));
    }

    private List<AccountId> list() {
        var accounts = new ArrayList<AccountId>();
        List<AccountId> page;
        do {
            var after = accounts.isEmpty() ? null : accounts.getLast();
            page = metadata.read(tx -> tx.accounts().list(after, AT_ONCE));
            accounts.addAll(page);
        } while (page.size() == AT_ONCE);
        return accounts;
    }

    /// The new key lives, and can be found, before the old ones die.
    private synchronized List<String> rotate(AccountId account) throws IOException {
        var key = keys.create(account, clock.instant());
        var told = ledger.ofCommand(ROTATE);
        var exists = told.transact(metadata, (tx, acts) -> {
            var found = tx.accounts().exists(account);
            if (found) {
                tx.accessKeys().create(key);
                acts.createKey(key);
            }
            return found;
        });
        if (!exists) {
            throw new IOException(ABSENT + account);
        }
        write(key);
        var dead = told.transact(metadata, (tx, acts) -> deleteAllBut(key, tx, acts));
        return List.of("account %s: root's key is %s, in %s; dead: %s"
                .formatted(account, key.id(), file.path(), dead.isEmpty() ? "none" : String.join(", ", dead)));
    }

    private static List<String> deleteAllBut(AccessKey kept, Transaction tx, Acts acts) {
        var old = tx.accessKeys().of(kept.account(), null).stream()
                .filter(key -> !key.id().equals(kept.id()))
                .toList();
        for (var key : old) {
            tx.accessKeys().delete(key.id());
            acts.deleteKey(key);
        }
        return old.stream().map(AccessKey::id).toList();
    }

    private void write(AccessKey key) throws IOException {
        file.put(profile(key.account()), new CredentialsFile.Credentials(key.id(), key.secret()), home.region());
    }

    private String profile(AccountId account) {
        return account.equals(home.account()) ? CredentialsFile.DEFAULT : account.value();
    }

    private static AccountId account(String text, String otherwise) throws IOException {
        if (!AccountId.isId(text)) {
            throw new IOException(otherwise + text);
        }
        return new AccountId(text);
    }

    private static String only(List<String> arguments) throws IOException {
        if (arguments.size() != 1) {
            throw new IOException("one account is needed");
        }
        return arguments.getFirst();
    }
}
