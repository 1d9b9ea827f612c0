package entrepot.provision;

import entrepot.auth.NewKeys;
import entrepot.auth.UnknownKeys;
import entrepot.auth.policy.ManagedPolicies;
import entrepot.auth.policy.PolicyDocument;
import entrepot.auth.policy.PolicyKind;
import entrepot.config.ConfigException;
import entrepot.config.Declarations;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.Partition;
import entrepot.domain.User;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import entrepot.store.Users.InlinePolicy;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes at each start what the configuration declares. Of a user that it names, path, policies and the declared key
/// are as it says, whatever the API made of them; users, keys and accounts that it does not name stay as they are.
public record DeclaredAccounts(
        MetadataStore metadata, AccountCommands accounts, NewKeys keys, InstantSource clock, Ledger ledger) {

    private static final int ALL = Integer.MAX_VALUE;

    /// Makes what is not there, and what differs as it is declared.
    ///
    /// @throws ConfigException if a policy does not exist, or a key is another principal's
    public void apply(List<Declarations.Account> declared) throws IOException {
        for (var account : declared) {
            accounts.ensure(account.id(), ledger);
            for (var user : account.users()) {
                ledger.transact(metadata, (tx, acts) -> apply(tx, acts, account.id(), user));
                user.inline().forEach(policy -> UnknownKeys.tell("user " + user.name(), document(policy)));
            }
        }
    }

    private static PolicyDocument document(InlinePolicy policy) {
        return PolicyDocument.parse(policy.document(), PolicyKind.IDENTITY);
    }

    private User apply(Transaction tx, Acts acts, AccountId account, Declarations.User declared) {
        var user = user(tx, acts, account, declared);
        attach(tx, acts, user, declared);
        write(tx, acts, user, declared);
        Optional.ofNullable(declared.key()).ifPresent(key -> create(tx, acts, user, key));
        return user;
    }

    private User user(Transaction tx, Acts acts, AccountId account, Declarations.User declared) {
        var found = tx.users().find(account, declared.name());
        var id = found.map(User::id).orElseGet(() -> keys.id("AIDA"));
        var created = found.map(User::createdAt).orElseGet(clock::instant);
        var user = new User(id, account, declared.path(), declared.name(), created);
        if (found.isEmpty()) {
            tx.users().create(user);
            acts.onUser("CreateUser", user, Map.of("path", user.path()));
        } else if (!found.get().equals(user)) {
            tx.users().rename(user);
            acts.onUser(
                    "UpdateUser", found.get(), Map.of("newUserName", user.name().value(), "newPath", user.path()));
        }
        return user;
    }

    private static void attach(Transaction tx, Acts acts, User user, Declarations.User declared) {
        var attached = new HashSet<>(tx.users().attached(user));
        var kept = new HashSet<Arn>();
        for (var arn : declared.policies().stream().map(Arn::new).toList()) {
            if (ManagedPolicies.find(arn).isEmpty() && !isOwn(tx, user, arn)) {
                throw new ConfigException("accounts: user %s: there is no policy %s".formatted(user.name(), arn));
            }
            kept.add(arn.in(Partition.AWS));
            if (attached.add(arn.in(Partition.AWS))) {
                tx.users().attach(user, arn);
                acts.onUser("AttachUserPolicy", user, Map.of("policyArn", arn.value()));
            }
        }
        attached.removeAll(kept);
        for (var arn : attached) {
            tx.users().detach(user, arn);
            acts.onUser("DetachUserPolicy", user, Map.of("policyArn", arn.value()));
        }
    }

    /// Who may change a policy must not be of another account.
    private static boolean isOwn(Transaction tx, User user, Arn arn) {
        return tx.policies()
                .find(arn)
                .filter(policy -> policy.account().equals(user.account()))
                .isPresent();
    }

    private static void write(Transaction tx, Acts acts, User user, Declarations.User declared) {
        var names = declared.inline().stream().map(InlinePolicy::name).toList();
        for (var policy : tx.users().policies(user, null, ALL)) {
            if (!names.contains(policy.name())) {
                tx.users().deletePolicy(user, policy.name());
                acts.onUser("DeleteUserPolicy", user, Map.of("policyName", policy.name()));
            }
        }
        for (var policy : declared.inline()) {
            if (!tx.users().policy(user, policy.name()).equals(Optional.of(policy))) {
                tx.users().putPolicy(user, policy);
                acts.onUser("PutUserPolicy", user, Map.of("policyName", policy.name()));
            }
        }
    }

    private void create(Transaction tx, Acts acts, User user, Declarations.Key declared) {
        var found = tx.accessKeys().find(declared.id());
        if (found.isPresent() && !user.equals(found.get().user())) {
            throw new ConfigException("accounts: user %s: %s is another principal's".formatted(user.name(), declared));
        }
        if (found.isPresent() && found.get().secret().equals(declared.secret())) {
            return;
        }
        found.ifPresent(acts::deleteKey);
        tx.accessKeys().delete(declared.id());
        var key = new AccessKey(declared.id(), declared.secret(), user.account(), user, true, clock.instant());
        tx.accessKeys().create(key);
        acts.createKey(key);
    }
}
