package entrepot.operation.key.lifecycle;

import entrepot.domain.EncryptionKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key as KMS shows it.
public record KeyMetadata(
        String awsAccountId,
        String keyId,
        String arn,
        Instant creationDate,
        boolean enabled,
        String description,
        String keyUsage,
        String keyState,
        @Nullable Instant deletionDate,
        String origin,
        String keyManager,
        String customerMasterKeySpec,
        String keySpec,
        List<String> encryptionAlgorithms,
        boolean multiRegion) {

    private static final String SPEC = "SYMMETRIC_DEFAULT";

    static KeyMetadata of(EncryptionKey key) {
        var deletion = key.deletion();
        return new KeyMetadata(
                key.home().account().value(),
                key.id(),
                key.arn().value(),
                key.createdAt(),
                key.state() == EncryptionKey.State.ENABLED,
                key.description(),
                "ENCRYPT_DECRYPT",
                key.state().toString(),
                deletion == null ? null : deletion.at(),
                "AWS_KMS",
                key.manager().name(),
                SPEC,
                SPEC,
                List.of(SPEC),
                false);
    }
}
