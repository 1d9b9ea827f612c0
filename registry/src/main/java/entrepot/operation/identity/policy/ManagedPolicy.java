package entrepot.operation.identity.policy;

import entrepot.auth.Caller;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.CustomerPolicy;
import entrepot.domain.Partition;
import entrepot.domain.ResourceTag;
import entrepot.operation.identity.Needs;
import entrepot.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A managed policy: an account's own, or one of AWS's, which every account has.
///
/// @param own null for one of AWS's
/// @param awsDocument null for an account's own
record ManagedPolicy(
        String id,
        String arn,
        String path,
        String name,
        @Nullable String description,
        String defaultVersion,
        Instant createdAt,
        Instant updatedAt,
        @Nullable CustomerPolicy own,
        @Nullable String awsDocument) {

    static ManagedPolicy of(Partition partition, CustomerPolicy policy) {
        return new ManagedPolicy(
                policy.id(),
                policy.arn(partition).value(),
                policy.path(),
                policy.name(),
                policy.description(),
                VersionView.id(policy.defaultVersion()),
                policy.createdAt(),
                policy.updatedAt(),
                policy,
                null);
    }

    /// AWS's own, in the order of their ARNs.
    static List<ManagedPolicy> ofAws(Partition partition) {
        return AwsPolicies.of(partition);
    }

    /// One that principals of the account can be given. An ARN of another partition than the one that is called names
    /// none.
    static Optional<ManagedPolicy> find(Transaction tx, Caller caller, Arn arn) {
        var partition = caller.partition();
        return arn.equals(arn.in(partition)) ? find(tx, partition, Needs.account(caller), arn) : Optional.empty();
    }

    private static Optional<ManagedPolicy> find(Transaction tx, Partition partition, AccountId account, Arn arn) {
        return ofAws(partition).stream()
                .filter(policy -> policy.arn().equals(arn.value()))
                .findFirst()
                .or(() -> tx.policies()
                        .find(arn)
                        .filter(policy -> policy.account().equals(account))
                        .map(policy -> of(partition, policy)));
    }

    List<ResourceTag> tags(Transaction tx) {
        return own == null ? List.of() : tx.policies().tags(own);
    }

    /// The newest first. One of AWS's has the present one only.
    List<VersionView> versions(Transaction tx) {
        return own == null ? awsVersions() : versions(tx, own);
    }

    private List<VersionView> awsVersions() {
        var document = Documents.encode(Objects.requireNonNull(awsDocument));
        return List.of(new VersionView(document, defaultVersion, true, updatedAt));
    }

    private static List<VersionView> versions(Transaction tx, CustomerPolicy own) {
        return tx.policies().versions(own).stream()
                .map(version -> VersionView.of(version, version.number() == own.defaultVersion()))
                .toList();
    }
}
