package entrepot.operation.key.cryptography;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Content;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.KeyUse;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Encrypts at most 4,096 bytes. Source: KMS API, Encrypt.
public final class Encrypt implements Operation<Encrypt.Input, Encrypt.Output> {

    public record Input(
            String keyId,
            Content plaintext,
            @Nullable Map<String, String> encryptionContext,
            @Nullable List<String> grantTokens,
            @Nullable String encryptionAlgorithm,
            @Nullable Boolean dryRun) {}

    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record Output(byte[] ciphertextBlob, String keyId, String encryptionAlgorithm) {}

    private final MetadataStore metadata;
    private final Keys keys;

    Encrypt(MetadataStore metadata, Keys keys) {
        this.metadata = metadata;
        this.keys = keys;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(keys.need(call(caller, input)));
    }

    private Keys.Named call(Caller caller, Input input) {
        return new Keys.Named(caller, name(), input.keyId(), EncryptionContext.of(input.encryptionContext())::in);
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        Algorithm.require(input.encryptionAlgorithm());
        var arn = keys.find(this, call(caller, input));
        var use = new KeyUse(metadata);
        DryRun.check(input.dryRun(), use, arn);
        var context = EncryptionContext.of(input.encryptionContext());
        var ciphertext = use.encrypt(arn, Bytes.of(input.plaintext()), context.pairs());
        return new Output(ciphertext, arn.toString(), Algorithm.NAME);
    }
}
