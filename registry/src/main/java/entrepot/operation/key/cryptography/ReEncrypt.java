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

/// Decrypts by one key and encrypts by another, or by the same with another context. Source: KMS API, ReEncrypt.
public final class ReEncrypt implements Operation<ReEncrypt.Input, ReEncrypt.Output> {

    public record Input(
            @Nullable Content ciphertextBlob,
            @Nullable Map<String, String> sourceEncryptionContext,
            @Nullable String sourceKeyId,
            String destinationKeyId,
            @Nullable Map<String, String> destinationEncryptionContext,
            @Nullable String sourceEncryptionAlgorithm,
            @Nullable String destinationEncryptionAlgorithm,
            @Nullable List<String> grantTokens,
            @Nullable Boolean dryRun) {}

    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record Output(
            byte[] ciphertextBlob,
            String sourceKeyId,
            String keyId,
            String sourceEncryptionAlgorithm,
            String destinationEncryptionAlgorithm) {}

    private final MetadataStore metadata;
    private final Keys keys;

    ReEncrypt(MetadataStore metadata, Keys keys) {
        this.metadata = metadata;
        this.keys = keys;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        var from = source(caller, input).need(metadata, keys);
        var to = keys.need(destination(caller, input));
        var same = List.of(String.valueOf(from.resource().equals(to.resource())));
        return List.of(from.with("kms:ReEncryptOnSameKey", same), to.with("kms:ReEncryptOnSameKey", same));
    }

    private static Source source(Caller caller, Input input) {
        var context = EncryptionContext.of(input.sourceEncryptionContext());
        return Source.of(caller, "ReEncryptFrom", input.ciphertextBlob(), input.sourceKeyId(), context);
    }

    private static Keys.Named destination(Caller caller, Input input) {
        var context = EncryptionContext.of(input.destinationEncryptionContext());
        return new Keys.Named(caller, "ReEncryptTo", input.destinationKeyId(), context::in);
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        Algorithm.require(input.sourceEncryptionAlgorithm());
        Algorithm.require(input.destinationEncryptionAlgorithm());
        var source = source(caller, input);
        var from = source.key(this, metadata, keys);
        var to = keys.find(this, destination(caller, input));
        var plaintext = source.decrypt(metadata, from);
        var use = new KeyUse(metadata);
        DryRun.check(input.dryRun(), use, to);
        var context = EncryptionContext.of(input.destinationEncryptionContext());
        return new Output(
                use.encrypt(to, plaintext, context.pairs()),
                from.toString(),
                to.toString(),
                Algorithm.NAME,
                Algorithm.NAME);
    }
}
