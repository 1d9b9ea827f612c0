package entrepot.server;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A secret of the root of account 000000000000.
record MatrixSecret(String arn) {

    static MatrixSecret create(RunningServer server) throws IOException {
        try (var secrets = server.secrets().build()) {
            return new MatrixSecret(
                    secrets.createSecret(r -> r.name("team/secret").secretString("text"))
                            .arn());
        }
    }

    /// @param statement that its policy has, as for a repository
    void put(RunningServer server, @Nullable Map<String, Object> statement) throws IOException {
        try (var secrets = server.secrets().build()) {
            secrets.deleteResourcePolicy(r -> r.secretId(arn));
            if (statement != null) {
                secrets.putResourcePolicy(r -> r.secretId(arn).resourcePolicy(policy(statement)));
            }
        }
    }

    private static String policy(Map<String, Object> statement) {
        var ofSecret = new HashMap<>(statement);
        ofSecret.put("Action", "secretsmanager:*");
        ofSecret.put("Resource", "*");
        return JsonMapper.shared().writeValueAsString(Map.of("Version", "2012-10-17", "Statement", List.of(ofSecret)));
    }
}
