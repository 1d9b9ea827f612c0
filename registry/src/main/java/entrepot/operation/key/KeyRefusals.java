package entrepot.operation.key;

import entrepot.domain.Arn;
import entrepot.domain.EncryptionKey;
import entrepot.domain.KmsError.Kind;
import entrepot.domain.RegistryException;

/// What operations of the key service refuse with, in KMS's words where they are public.
public final class KeyRefusals {

    private KeyRefusals() {}

    public static RegistryException noSuchKey(Arn arn) {
        return Kind.NOT_FOUND.refusal("Key '%s' does not exist".formatted(arn));
    }

    public static RegistryException noSuchAlias(Arn arn) {
        return Kind.NOT_FOUND.refusal("Alias %s is not found.".formatted(arn));
    }

    static RegistryException noKeyId(String text) {
        return Kind.NOT_FOUND.refusal("Invalid keyId '%s'".formatted(cut(text)));
    }

    static RegistryException otherRegion(String region) {
        return Kind.NOT_FOUND.refusal("Invalid arn " + region);
    }

    public static RegistryException disabled(EncryptionKey key) {
        return Kind.DISABLED.refusal(key.arn() + " is disabled.");
    }

    public static RegistryException pendingDeletion(EncryptionKey key) {
        return Kind.INVALID_STATE.refusal(key.arn() + " is pending deletion.");
    }

    public static RegistryException dryRun() {
        return Kind.DRY_RUN.refusal("The request would have succeeded, but the DryRun option is set.");
    }

    /// KMS says no more of it, so that nobody learns what was wrong.
    public static RegistryException ciphertext() {
        return Kind.INVALID_CIPHERTEXT.refusal("");
    }

    public static RegistryException validation(String message) {
        return Kind.VALIDATION.refusal(message);
    }

    public static RegistryException unsupported(String message) {
        return Kind.UNSUPPORTED_OPERATION.refusal(message);
    }

    private static String cut(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "..." : text;
    }
}
