package entrepot.operation.key;

import entrepot.domain.Arn;
import entrepot.domain.GrantConstraints;
import entrepot.domain.KeyArn;
import entrepot.domain.KeyGrant;
import entrepot.domain.KeyGrant.Terms;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryArn;
import entrepot.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What ECR is granted of a key for a repository: to encrypt and decrypt, and to see whether the key is there and give
/// it all back. It ends with the repository, or when somebody revokes it.
///
/// Source: ECR user guide, "Encryption at rest".
final class RepositoryGrants {

    private static final List<List<String>> OPERATIONS =
            List.of(List.of("GenerateDataKey", "Decrypt"), List.of("RetireGrant", "DescribeKey"));

    private RepositoryGrants() {}

    /// ECR as a service of a region, to which keys are granted and by way of which keys are used.
    static String ecr(String region) {
        return "ecr.%s.amazonaws.com".formatted(region);
    }

    /// What every use of a key for a repository has as its context.
    static Map<String, String> context(Arn repository) {
        return Map.of("aws:ecr:arn", repository.value());
    }

    /// @param repository or a pattern of some
    static List<Terms> terms(String region, Arn repository) {
        var ecr = ecr(region);
        return OPERATIONS.stream()
                .map(operations -> new Terms(ecr, ecr, operations, constraints(repository), null))
                .toList();
    }

    static void make(Transaction tx, KeyArn key, Arn repository, Instant now) {
        Keys.require(tx, key);
        var registry = registry(repository);
        terms(registry.region(), repository)
                .forEach(terms -> Grants.add(tx, KeyGrant.create(key.id(), terms, registry.account(), now)));
    }

    static void retire(Transaction tx, KeyArn key, Arn repository) {
        of(tx, key, repository).forEach(tx.keyGrants()::delete);
    }

    /// Whether ECR is granted the operation for the repository. Fails with a refusal if the key is not there.
    static boolean allow(Transaction tx, KeyArn key, Arn repository, String operation) {
        Keys.require(tx, key);
        return of(tx, key, repository).stream()
                .anyMatch(grant -> grant.terms().operations().contains(operation));
    }

    private static List<KeyGrant> of(Transaction tx, KeyArn key, Arn repository) {
        return tx.keyGrants().to(key.id(), ecr(registry(repository).region()), constraints(repository));
    }

    private static GrantConstraints constraints(Arn repository) {
        return GrantConstraints.with(context(repository));
    }

    private static RegistryId registry(Arn repository) {
        return RepositoryArn.parse(repository.value()).orElseThrow().registry();
    }
}
