package entrepot.operation.key;

import entrepot.domain.EncryptionKey;
import entrepot.domain.EncryptionKey.State;
import entrepot.domain.KeyArn;
import entrepot.domain.KmsError.Kind;
import entrepot.store.MetadataStore;
import java.util.Map;

/// What a key does for whoever may have it do that, which is decided before. Each fails with a refusal of KMS's if the
/// key is not there, disabled or to be deleted: a change is felt by the next use.
public record KeyUse(MetadataStore metadata) {

    /// A key that may be used, with one of its materials.
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Ready(EncryptionKey key, int number, byte[] material) {}

    /// A key for data, in the clear and encrypted.
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record DataKey(byte[] plaintext, byte[] ciphertext) {}

    /// By the newest material.
    public byte[] encrypt(KeyArn arn, byte[] plaintext, Map<String, String> context) {
        var ready = ready(arn, 0);
        return Ciphertext.encrypt(arn.id(), ready.number(), ready.material(), plaintext, context);
    }

    /// Of so many random bytes.
    public DataKey newDataKey(KeyArn arn, int bytes, Map<String, String> context) {
        var plaintext = Ciphertext.random(bytes);
        return new DataKey(plaintext, encrypt(arn, plaintext, context));
    }

    /// Fails besides if another key encrypted it, with another context, or a byte of it is another one.
    public byte[] decrypt(KeyArn arn, Ciphertext ciphertext, Map<String, String> context) {
        if (!ciphertext.keyId().equals(arn.id())) {
            throw Kind.INCORRECT_KEY.refusal(
                    "The key ID in the request does not identify a CMK that can perform this operation.");
        }
        var material = ready(arn, ciphertext.material()).material();
        return ciphertext.decrypt(material, context).orElseThrow(KeyRefusals::ciphertext);
    }

    /// Fails as a use of the key would.
    public void requireUsable(KeyArn arn) {
        ready(arn, 0);
    }

    /// @param number of the material, 0 for the newest
    private Ready ready(KeyArn arn, int number) {
        return metadata.read(tx -> {
            var key = Keys.require(tx, arn);
            if (key.state() != State.ENABLED) {
                throw key.state() == State.DISABLED ? KeyRefusals.disabled(key) : KeyRefusals.pendingDeletion(key);
            }
            var which = number == 0 ? key.material() : number;
            var material = tx.encryptionKeys().material(key, which).orElseThrow(KeyRefusals::ciphertext);
            return new Ready(key, which, material);
        });
    }
}
