package entrepot.operation.key;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.EncryptionKey;
import entrepot.domain.KeyAlias;
import entrepot.domain.KeyArn;
import entrepot.domain.RegistryException;
import entrepot.operation.Decisions;
import entrepot.operation.Operation;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Finds the keys that calls mean.
///
/// @param decisions asked again where a name might mean another key than the one that was decided about
public record Keys(MetadataStore metadata, Decisions decisions) {

    /// A call that may name its key in any form, and what else it says of itself under condition keys.
    ///
    /// @param action without `kms:`
    /// @param saying adds the rest to a permission
    public record Named(Caller caller, String action, String keyId, UnaryOperator<Permission> saying) {

        public Named(Caller caller, String action, String keyId) {
            this(caller, action, keyId, permission -> permission);
        }
    }

    /// What such a call needs. A refusal calls the key as the caller did.
    public Permission need(Named call) {
        return switch (KeyName.parse(call.caller().registry(), call.keyId())) {
            case KeyName.ById(var arn) -> call.saying().apply(KeyNeeds.on(call.caller(), call.action(), arn));
            case KeyName.ByAlias(var alias) -> need(call, alias, find(alias));
        };
    }

    /// An alias that is not there is as good as a key that is not there.
    private static Permission need(Named call, KeyAlias.Name alias, Optional<KeyAlias> found) {
        var id = found.map(KeyAlias::keyId).orElse("none");
        var permission = KeyNeeds.on(call.caller(), call.action(), new KeyArn(alias.home(), id))
                .calling(alias.arn().value())
                .with("kms:RequestAlias", List.of(alias.name()));
        return call.saying().apply(permission);
    }

    private Optional<KeyAlias> find(KeyAlias.Name alias) {
        return metadata.read(tx -> tx.keyAliases().find(alias.home(), alias.name()));
    }

    /// The key of a call that was allowed. An alias may have been given to another key since, and then it is decided
    /// anew.
    ///
    /// @throws RegistryException if it is not there, or no longer allowed
    public KeyArn find(Operation<?, ?> operation, Named call) {
        return switch (KeyName.parse(call.caller().registry(), call.keyId())) {
            case KeyName.ById(var arn) -> arn;
            case KeyName.ByAlias(var alias) -> {
                var found = find(alias);
                decisions.confirm(call.caller(), operation, need(call, alias, found));
                yield found.map(known -> new KeyArn(alias.home(), known.keyId()))
                        .orElseThrow(() -> KeyRefusals.noSuchAlias(alias.arn()));
            }
        };
    }

    /// The key of this ARN.
    ///
    /// @throws RegistryException if it is not there
    public static EncryptionKey require(Transaction tx, KeyArn arn) {
        return tx.encryptionKeys()
                .find(arn.id())
                .filter(key -> key.home().equals(arn.home()))
                .orElseThrow(() -> KeyRefusals.noSuchKey(arn.toArn()));
    }

    /// The same, by its id or ARN.
    public static EncryptionKey require(Transaction tx, Caller caller, String keyId) {
        return require(tx, KeyName.parseId(caller.registry(), keyId));
    }

    /// The same, of a key of the caller's own account. Any other is as good as none.
    public static EncryptionKey requireOwn(Transaction tx, Caller caller, String keyId) {
        var arn = KeyName.parseId(caller.registry(), keyId);
        if (!arn.home().equals(caller.registry())) {
            throw KeyRefusals.noSuchKey(arn.toArn());
        }
        return require(tx, arn);
    }

    /// The same, of a key that is not to be deleted.
    public static EncryptionKey requireKept(Transaction tx, Caller caller, String keyId) {
        var key = require(tx, caller, keyId);
        if (key.state() == EncryptionKey.State.PENDING_DELETION) {
            throw KeyRefusals.pendingDeletion(key);
        }
        return key;
    }

    /// The same, of a key that is enabled.
    public static EncryptionKey requireEnabled(Transaction tx, Caller caller, String keyId) {
        var key = requireKept(tx, caller, keyId);
        if (key.state() == EncryptionKey.State.DISABLED) {
            throw KeyRefusals.disabled(key);
        }
        return key;
    }
}
