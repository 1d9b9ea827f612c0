package entrepot.operation.key.cryptography;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Content;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.KeyRefusals;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decrypts what a key encrypted: the one that is named, or the one that the ciphertext names. Source: KMS API,
/// Decrypt.
public final class Decrypt implements Operation<Decrypt.Input, Decrypt.Output> {

    public record Input(
            @Nullable Content ciphertextBlob,
            @Nullable Map<String, String> encryptionContext,
            @Nullable List<String> grantTokens,
            @Nullable String keyId,
            @Nullable String encryptionAlgorithm,
            @Nullable Recipient recipient,
            @Nullable Boolean dryRun) {}

    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record Output(String keyId, byte[] plaintext, String encryptionAlgorithm) {}

    private final MetadataStore metadata;
    private final Keys keys;

    Decrypt(MetadataStore metadata, Keys keys) {
        this.metadata = metadata;
        this.keys = keys;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(source(caller, input).need(metadata, keys));
    }

    private Source source(Caller caller, Input input) {
        var context = EncryptionContext.of(input.encryptionContext());
        return Source.of(caller, name(), input.ciphertextBlob(), input.keyId(), context);
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        Algorithm.require(input.encryptionAlgorithm());
        Algorithm.requireNoRecipient(input.recipient());
        var source = source(caller, input);
        var arn = source.key(this, metadata, keys);
        var plaintext = source.decrypt(metadata, arn);
        if (Boolean.TRUE.equals(input.dryRun())) {
            throw KeyRefusals.dryRun();
        }
        return new Output(arn.toString(), plaintext, Algorithm.NAME);
    }
}
