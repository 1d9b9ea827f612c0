package entrepot.auth.policy;

import entrepot.domain.Partition;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Holds a document's resources against the partitions that AWS has. Source: IAM's answers in
/// terraform-provider-aws#3045 and copilot-cli#2563.
final class PolicyPartitions {

    private static final Pattern NAMED = Pattern.compile("arn:([a-z-]+):.*", Pattern.DOTALL);

    private PolicyPartitions() {}

    /// @param document well-formed
    static void require(Map<?, ?> document) {
        for (var statement : Json.list(document.get("Statement"))) {
            for (var member : List.of("Resource", "NotResource")) {
                var values = Json.object(statement).get(member);
                if (values != null) {
                    Json.texts(values, "resources").forEach(PolicyPartitions::require);
                }
            }
        }
    }

    private static void require(String resource) {
        var named = NAMED.matcher(resource);
        if (named.matches() && Partition.named(named.group(1)).isEmpty()) {
            throw new MalformedPolicyException(
                    "Partition \"%s\" is not valid for resource \"%s\".".formatted(named.group(1), resource));
        }
    }
}
