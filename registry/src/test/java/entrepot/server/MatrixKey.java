package entrepot.server;

import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import tools.jackson.databind.json.JsonMapper;

/// A key of the root of account 000000000000.
///
/// @param ciphertext in Base64
record MatrixKey(String id, String ciphertext) {

    private static final Map<String, Object> DEFAULT =
            Map.of("Effect", "Allow", "Principal", Map.of("AWS", "000000000000"), "Action", "kms:*", "Resource", "*");

    /// @param statement that the key's policy has beside the usual one, as for a repository
    static MatrixKey create(RunningServer server, @Nullable Map<String, Object> statement) throws IOException {
        try (var kms = server.kms().build()) {
            var id = kms.createKey(r -> {}).keyMetadata().keyId();
            var sealed = kms.encrypt(r -> r.keyId(id).plaintext(SdkBytes.fromUtf8String("text")))
                    .ciphertextBlob();
            if (statement != null) {
                kms.putKeyPolicy(r -> r.keyId(id).policy(policy(statement)).bypassPolicyLockoutSafetyCheck(true));
            }
            return new MatrixKey(id, Base64.getEncoder().encodeToString(sealed.asByteArray()));
        }
    }

    private static String policy(Map<String, Object> statement) {
        var ofKey = new HashMap<>(statement);
        ofKey.put("Action", "kms:*");
        ofKey.put("Resource", "*");
        return JsonMapper.shared()
                .writeValueAsString(Map.of("Version", "2012-10-17", "Statement", List.of(DEFAULT, ofKey)));
    }
}
