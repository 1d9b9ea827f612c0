package entrepot.provision;

import entrepot.auth.NewKeys;
import entrepot.auth.UnknownKeys;
import entrepot.auth.policy.ManagedPolicies;
import entrepot.auth.policy.PolicyDocument;
import entrepot.auth.policy.PolicyKind;
import entrepot.config.ConfigException;
import entrepot.config.Declarations;
import entrepot.domain.Arn;
import entrepot.domain.Partition;
import entrepot.domain.User;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import entrepot.store.Users.InlinePolicy;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Makes at each start what the configuration declares. Of a user that it names, path, policies and the declared key
/// are as it says, whatever the API made of them; users, keys and accounts that it does not name stay as they are.
public record DeclaredAccounts(MetadataStore metadata, AccountCommands accounts, NewKeys keys, InstantSource clock) {

    private static final int ALL = Integer.MAX_VALUE;

    /// Makes what is not there, and what differs as it is declared.
    ///
    /// @throws ConfigException if a policy does not exist, or a key is another principal's
    public void apply(List<Declarations.Account> declared) throws IOException {
        for (var account : declared) {
            if (!metadata.<Boolean>read(tx -> tx.accounts().exists(account.id()))) {
                accounts.run(AccountCommands.CREATE, List.of(account.id()));
            }
            for (var user : account.users()) {
                metadata.transact(tx -> apply(tx, account.id(), user));
                user.inline().forEach(policy -> UnknownKeys.tell("user " + user.name(), document(policy)));
            }
        }
    }

    private static PolicyDocument document(InlinePolicy policy) {
        return PolicyDocument.parse(policy.document(), PolicyKind.IDENTITY);
    }

    private User apply(Transaction tx, String account, Declarations.User declared) {
        var user = user(tx, account, declared);
        attach(tx, user, declared);
        write(tx, user, declared);
        Optional.ofNullable(declared.key()).ifPresent(key -> create(tx, user, key));
        return user;
    }

    private User user(Transaction tx, String account, Declarations.User declared) {
        var found = tx.users().find(account, declared.name());
        var id = found.map(User::id).orElseGet(() -> keys.id("AIDA"));
        var created = found.map(User::createdAt).orElseGet(clock::instant);
        var user = new User(id, account, declared.path(), declared.name(), created);
        if (found.isEmpty()) {
            tx.users().create(user);
        } else if (!found.get().equals(user)) {
            tx.users().rename(user);
        }
        return user;
    }

    private static void attach(Transaction tx, User user, Declarations.User declared) {
        var policies = declared.policies().stream().map(Arn::new).toList();
        for (var arn : policies) {
            if (ManagedPolicies.find(arn).isEmpty() && !isOwn(tx, user, arn)) {
                throw new ConfigException("accounts: user %s: there is no policy %s".formatted(user.name(), arn));
            }
            tx.users().attach(user, arn);
        }
        tx.users().attached(user).stream()
                .filter(arn -> policies.stream()
                        .noneMatch(kept -> kept.in(Partition.AWS).equals(arn)))
                .forEach(arn -> tx.users().detach(user, arn));
    }

    /// Who may change a policy must not be of another account.
    private static boolean isOwn(Transaction tx, User user, Arn arn) {
        return tx.policies()
                .find(arn)
                .filter(policy -> policy.account().equals(user.account()))
                .isPresent();
    }

    private static void write(Transaction tx, User user, Declarations.User declared) {
        var names = declared.inline().stream().map(InlinePolicy::name).toList();
        tx.users().policies(user, null, ALL).stream()
                .filter(policy -> !names.contains(policy.name()))
                .forEach(policy -> tx.users().deletePolicy(user, policy.name()));
        declared.inline().forEach(policy -> tx.users().putPolicy(user, policy));
    }

    private void create(Transaction tx, User user, Declarations.Key key) {
        var found = tx.accessKeys().find(key.id());
        if (found.isPresent() && !user.equals(found.get().user())) {
            throw new ConfigException("accounts: user %s: %s is another principal's".formatted(user.name(), key));
        }
        if (found.isEmpty() || !found.get().secret().equals(key.secret())) {
            tx.accessKeys().delete(key.id());
            tx.accessKeys().create(new AccessKey(key.id(), key.secret(), user.account(), user, true, clock.instant()));
        }
    }
}
