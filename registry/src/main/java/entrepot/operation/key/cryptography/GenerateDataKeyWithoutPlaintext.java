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

/// Makes a key for data, encrypted alone. Source: KMS API, GenerateDataKeyWithoutPlaintext.
public final class GenerateDataKeyWithoutPlaintext
        implements Operation<GenerateDataKeyWithoutPlaintext.Input, GenerateDataKeyWithoutPlaintext.Output> {

    public record Input(
            String keyId,
            @Nullable Map<String, String> encryptionContext,
            @Nullable String keySpec,
            @Nullable Integer numberOfBytes,
            @Nullable List<String> grantTokens,
            @Nullable Boolean dryRun) {}

    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record Output(byte[] ciphertextBlob, String keyId) {}

    private final NewDataKey keys;

    GenerateDataKeyWithoutPlaintext(MetadataStore metadata, Keys keys) {
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
        var made = keys.make(this, call(caller, input), input.keySpec(), input.numberOfBytes());
        return new Output(made.key().ciphertext(), made.by().toString());
    }
}
