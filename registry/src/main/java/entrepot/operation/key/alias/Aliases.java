package entrepot.operation.key.alias;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.EncryptionKey;
import entrepot.domain.EveryApiError;
import entrepot.domain.KeyAlias;
import entrepot.domain.KeyArn;
import entrepot.domain.KmsError.Kind;
import entrepot.domain.RegistryException;
import entrepot.operation.key.KeyNeeds;
import entrepot.operation.key.KeyRefusals;
import entrepot.operation.key.Keys;
import entrepot.store.Transaction;
import java.util.List;
import java.util.regex.Pattern;

/// What operations on aliases share. Source: KMS developer guide, "Aliases in AWS KMS" and "Controlling access to
/// aliases": who changes an alias needs the action on it and on each key that has it or gets it.
final class Aliases {

    private static final Pattern NAME = Pattern.compile("alias/[a-zA-Z0-9/_-]+");

    private Aliases() {}

    static KeyAlias.Name named(Caller caller, String name) {
        return new KeyAlias.Name(caller.registry(), name);
    }

    /// The action on the alias. Fails with a refusal for a name that a customer's alias cannot have.
    static Permission need(Caller caller, String action, String name) {
        requireName(name);
        return KeyNeeds.on(caller, action, named(caller, name));
    }

    /// The action on a key that is to get the alias.
    static Permission target(Caller caller, String action, String alias, String keyId) {
        return KeyNeeds.on(caller, action, keyId).with("kms:RequestAlias", List.of(alias));
    }

    private static void requireName(String name) {
        if (!name.startsWith(KeyAlias.PREFIX)) {
            throw KeyRefusals.validation("Alias must start with the prefix \"alias/\". Please see"
                    + " https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html");
        }
        if (!NAME.matcher(name).matches()) {
            throw KeyRefusals.validation(name + " contains invalid characters for an alias");
        }
        if (name.startsWith(KeyAlias.OF_AWS)) {
            throw Kind.INVALID_ALIAS_NAME.refusal("The prefix %s is reserved.".formatted(KeyAlias.OF_AWS));
        }
    }

    /// The key that an alias is given to: one of the caller's own account.
    static EncryptionKey target(Transaction tx, Caller caller, String keyId) {
        Keys.requireOwn(tx, caller, keyId);
        return Keys.requireKept(tx, caller, keyId);
    }

    /// The alias, if it is still the name of the key that was decided about; a client tries again if it is not.
    static KeyAlias require(Transaction tx, Caller caller, String name, KeyArn decided) {
        var alias = tx.keyAliases()
                .find(caller.registry(), name)
                .orElseThrow(() -> KeyRefusals.noSuchAlias(named(caller, name).arn()));
        if (!alias.keyId().equals(decided.id())) {
            throw new RegistryException(new EveryApiError.Throttling());
        }
        return alias;
    }
}
