package entrepot.operation.identity.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.auth.policy.ManagedPolicies;
import entrepot.domain.Digest.Algorithm;
import entrepot.domain.Partition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// AWS's managed policies as IAM's operations tell of them. Their ids are made of their names, and they are all as old
/// as the first ones of ECR.
final class AwsPolicies {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static final Map<Partition, List<ManagedPolicy>> ALL =
            Partition.all().stream().collect(Collectors.toUnmodifiableMap(Function.identity(), AwsPolicies::policies));

    private AwsPolicies() {}

    static List<ManagedPolicy> of(Partition partition) {
        return Objects.requireNonNull(ALL.get(partition));
    }

    private static List<ManagedPolicy> policies(Partition partition) {
        return ManagedPolicies.all().stream()
                .map(policy -> policy(partition, policy))
                .toList();
    }

    private static ManagedPolicy policy(Partition partition, ManagedPolicies.ManagedPolicy policy) {
        var created = Instant.parse("2015-12-21T17:05:13Z");
        return new ManagedPolicy(
                id(policy.name()),
                policy.arn().in(partition).value(),
                "/",
                policy.name(),
                null,
                VersionView.id(1),
                created,
                created,
                null,
                policy.text());
    }

    private static String id(String name) {
        var id = new StringBuilder("ANPA");
        var hash = Algorithm.SHA256.newComputation().digest(name.getBytes(UTF_8));
        for (int i = 0; i < 17; i++) {
            id.append(ALPHABET.charAt(hash[i] & 31));
        }
        return id.toString();
    }
}
