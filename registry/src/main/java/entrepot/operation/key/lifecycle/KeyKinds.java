package entrepot.operation.key.lifecycle;

import entrepot.operation.key.KeyRefusals;
import org.jspecify.annotations.Nullable;

/// Which keys can be made: those that KMS makes when nothing else is said.
final class KeyKinds {

    private static final String SPEC = "SYMMETRIC_DEFAULT";

    private KeyKinds() {}

    /// Fails with a refusal if another kind is asked for.
    static void require(CreateKey.Input input) {
        if (input.keySpec() != null && input.customerMasterKeySpec() != null) {
            throw KeyRefusals.validation("You cannot specify KeySpec and CustomerMasterKeySpec in the same request. "
                    + "CustomerMasterKeySpec is deprecated.");
        }
        require("KeySpec", SPEC, input.keySpec());
        require("CustomerMasterKeySpec", SPEC, input.customerMasterKeySpec());
        require("Origin", "AWS_KMS", input.origin());
        if (input.keyUsage() != null && !input.keyUsage().equals("ENCRYPT_DECRYPT")) {
            throw KeyRefusals.validation(
                    "KeyUsage %s is not compatible with KeySpec %s".formatted(input.keyUsage(), SPEC));
        }
        if (Boolean.TRUE.equals(input.multiRegion())) {
            throw KeyRefusals.unsupported("MultiRegion keys are not supported here.");
        }
        if (input.customKeyStoreId() != null || input.xksKeyId() != null) {
            throw KeyRefusals.unsupported("Custom key stores are not supported here.");
        }
    }

    private static void require(String member, String only, @Nullable String asked) {
        if (asked != null && !asked.equals(only)) {
            throw KeyRefusals.unsupported("%s %s is not supported here.".formatted(member, asked));
        }
    }
}
