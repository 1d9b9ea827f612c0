package entrepot.operation.key.cryptography;

import entrepot.domain.Content;
import org.jspecify.annotations.Nullable;

/// An enclave that an answer is encrypted for: taken to be refused.
public record Recipient(
        @Nullable String keyEncryptionAlgorithm, @Nullable Content attestationDocument) {}
