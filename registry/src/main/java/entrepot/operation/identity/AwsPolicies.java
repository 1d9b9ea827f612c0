package entrepot.operation.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.auth.policy.ManagedPolicies;
import entrepot.domain.Digest.Algorithm;
import java.time.Instant;
import java.util.List;

/// AWS's managed policies as IAM's operations tell of them. Their ids are made of their names, and they are all as old
/// as the first ones of ECR.
final class AwsPolicies {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    static final List<ManagedPolicy> ALL =
            ManagedPolicies.all().stream().map(AwsPolicies::policy).toList();

    private AwsPolicies() {}

    private static ManagedPolicy policy(ManagedPolicies.ManagedPolicy policy) {
        var created = Instant.parse("2015-12-21T17:05:13Z");
        return new ManagedPolicy(
                id(policy.name()),
                policy.arn(),
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
