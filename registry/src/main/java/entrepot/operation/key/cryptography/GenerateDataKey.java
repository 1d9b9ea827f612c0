package entrepot.operation.key.cryptography;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a key for data, in the clear and encrypted. Source: KMS API, GenerateDataKey.
public final class GenerateDataKey implements Operation<GenerateDataKey.Input, GenerateDataKey.Output> {

    public record Input(
            String keyId,
            @Nullable Map<String, String> encryptionContext,
            @Nullable Integer numberOfBytes,
            @Nullable String keySpec,
            @Nullable List<String> grantTokens,
            @Nullable Recipient recipient,
            @Nullable Boolean dryRun) {}

    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record Output(byte[] ciphertextBlob, byte[] plaintext, String keyId) {}

    private final NewDataKey keys;

    GenerateDataKey(MetadataStore metadata, Keys keys) {
        this.keys = new NewDataKey(metadata, keys);
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(keys.need(call(caller, input)));
    }

    private NewDataKey.Call call(Caller caller, Input input) {
        return new NewDataKey.Call(caller, name(), input.keyId(), input.encryptionContext(), input.dryRun());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        Algorithm.requireNoRecipient(input.recipient());
        var made = keys.make(this, call(caller, input), input.keySpec(), input.numberOfBytes());
        return new Output(
                made.key().ciphertext(), made.key().plaintext(), made.by().toString());
    }
}
