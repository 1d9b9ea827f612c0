package entrepot.auth.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Arn;
import entrepot.domain.Partition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Those of AWS's managed policies that are about a registry and its users (AWS Managed Policy Reference Guide). They
/// are in every account, and nobody can change them.
public final class ManagedPolicies {

    private static final List<ManagedPolicy> ALL = List.of(
            load("AdministratorAccess"),
            load("AmazonEC2ContainerRegistryFullAccess"),
            load("AmazonEC2ContainerRegistryPowerUser"),
            load("AmazonEC2ContainerRegistryPullOnly"),
            load("AmazonEC2ContainerRegistryReadOnly"),
            load("IAMFullAccess"));

    private ManagedPolicies() {}

    /// A policy of AWS's.
    ///
    /// @param arn as it is called in the partition `aws`, such as `arn:aws:iam::aws:policy/AdministratorAccess`
    /// @param text the document as JSON
    /// @param document the same, understood
    public record ManagedPolicy(String name, Arn arn, String text, PolicyDocument document) {}

    /// In the order of their names.
    public static List<ManagedPolicy> all() {
        return ALL;
    }

    /// By the ARN of any partition. Empty if AWS has no such policy or it is not about a registry.
    public static Optional<ManagedPolicy> find(Arn arn) {
        var kept = arn.in(Partition.AWS);
        return ALL.stream().filter(policy -> policy.arn().equals(kept)).findFirst();
    }

    private static ManagedPolicy load(String name) {
        var text = read(name);
        return new ManagedPolicy(
                name,
                new Arn("arn:aws:iam::aws:policy/" + name),
                text,
                PolicyDocument.parse(text, PolicyKind.IDENTITY));
    }

    private static String read(String name) {
        try (var file = Objects.requireNonNull(ManagedPolicies.class.getResourceAsStream(name + ".json"), name)) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
