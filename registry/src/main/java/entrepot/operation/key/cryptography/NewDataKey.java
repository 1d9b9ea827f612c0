package entrepot.operation.key.cryptography;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.KeyArn;
import entrepot.operation.Operation;
import entrepot.operation.key.KeyRefusals;
import entrepot.operation.key.KeyUse;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the two operations share that make a key for data.
record NewDataKey(MetadataStore metadata, Keys keys) {

    /// A call of one of them.
    record Call(
            Caller caller,
            String action,
            String keyId,
            @Nullable Map<String, String> encryptionContext,
            @Nullable Boolean dryRun) {

        private Keys.Named named() {
            return new Keys.Named(caller, action, keyId, context()::in);
        }

        private EncryptionContext context() {
            return EncryptionContext.of(encryptionContext);
        }
    }

    /// With the key that encrypts it.
    record Made(KeyArn by, KeyUse.DataKey key) {}

    Permission need(Call call) {
        return keys.need(call.named());
    }

    Made make(Operation<?, ?> operation, Call call, @Nullable String keySpec, @Nullable Integer numberOfBytes) {
        var bytes = bytes(keySpec, numberOfBytes);
        var arn = keys.find(operation, call.named());
        var use = new KeyUse(metadata);
        DryRun.check(call.dryRun(), use, arn);
        return new Made(arn, use.newDataKey(arn, bytes, call.context().pairs()));
    }

    private static int bytes(@Nullable String keySpec, @Nullable Integer numberOfBytes) {
        if ((keySpec == null) == (numberOfBytes == null)) {
            throw KeyRefusals.validation("Please specify either number of bytes or key spec.");
        }
        if (numberOfBytes != null) {
            return numberOfBytes;
        }
        return "AES_128".equals(keySpec) ? 16 : 32;
    }
}
