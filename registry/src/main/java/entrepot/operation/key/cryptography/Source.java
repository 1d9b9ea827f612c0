package entrepot.operation.key.cryptography;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Content;
import entrepot.domain.KeyArn;
import entrepot.domain.RegistryException;
import entrepot.operation.Operation;
import entrepot.operation.key.Ciphertext;
import entrepot.operation.key.KeyNeeds;
import entrepot.operation.key.KeyRefusals;
import entrepot.operation.key.KeyUse;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A ciphertext that a call brings, with the key that it names for it, if it does: otherwise the key that the
/// ciphertext names is meant.
///
/// @param action without `kms:`
/// @param keyId in any form
record Source(
        Caller caller,
        String action,
        Ciphertext ciphertext,
        @Nullable String keyId,
        EncryptionContext context) {

    /// What a refusal calls a key that only the ciphertext names.
    private static final String UNNAMED = "the resource associated with this ciphertext";

    /// @param blob as sent
    /// @throws RegistryException for what no key can have encrypted
    static Source of(
            Caller caller, String action, @Nullable Content blob, @Nullable String keyId, EncryptionContext context) {
        if (blob == null) {
            throw KeyRefusals.validation("CiphertextBlob must be given.");
        }
        var ciphertext = Ciphertext.parse(Bytes.of(blob)).orElseThrow(KeyRefusals::ciphertext);
        return new Source(caller, action, ciphertext, keyId, context);
    }

    Permission need(MetadataStore metadata, Keys keys) {
        if (keyId != null) {
            return keys.need(named(keyId));
        }
        return context.in(KeyNeeds.on(caller, action, named(metadata))).calling(UNNAMED);
    }

    private Keys.Named named(String given) {
        return new Keys.Named(caller, action, given, context::in);
    }

    /// The key that the ciphertext names, wherever in the region that is. One that is nowhere is as good as another
    /// account's that gives the caller nothing.
    private KeyArn named(MetadataStore metadata) {
        return metadata.read(tx -> tx.encryptionKeys().find(ciphertext.keyId()))
                .filter(key -> key.home().region().equals(caller.registry().region()))
                .map(key -> new KeyArn(key.home(), key.id()))
                .orElseGet(() -> new KeyArn(caller.registry().ofAccount(another()), ciphertext.keyId()));
    }

    private AccountId another() {
        return Stream.of(new AccountId("000000000000"), new AccountId("111111111111"))
                .filter(account -> !account.equals(caller.registry().account()))
                .findFirst()
                .orElseThrow();
    }

    /// The key of a call that was allowed.
    KeyArn key(Operation<?, ?> operation, MetadataStore metadata, Keys keys) {
        return keyId == null ? named(metadata) : keys.find(operation, named(keyId));
    }

    byte[] decrypt(MetadataStore metadata, KeyArn key) {
        return new KeyUse(metadata).decrypt(key, ciphertext, context.pairs());
    }
}
