package entrepot.operation.repository;

import entrepot.auth.Caller;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.Encryption;
import entrepot.domain.JsonAloneError;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.TagMutability;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// ECR's `Repository`, as CreateRepository, DescribeRepositories and DeleteRepository answer it.
public record RepositoryView(
        Arn repositoryArn,
        AccountId registryId,
        RepositoryName repositoryName,
        String repositoryUri,
        Instant createdAt,
        TagMutability.Mode imageTagMutability,
        @Nullable List<ExclusionFilter> imageTagMutabilityExclusionFilters,
        ScanningConfiguration imageScanningConfiguration,
        EncryptionConfiguration encryptionConfiguration) {

    static RepositoryView of(Repository repository, Caller caller) {
        return new RepositoryView(
                repository.arn(),
                repository.registry().account(),
                repository.name(),
                caller.address().repositoryUri(repository.name()),
                repository.createdAt(),
                repository.tagMutability().mode(),
                ExclusionFilter.all(repository.tagMutability()),
                new ScanningConfiguration(repository.scanOnPush()),
                EncryptionConfiguration.of(repository.encryption()));
    }

    /// ECR's `ImageScanningConfiguration`. The Go SDK leaves a false `scanOnPush` out: absent means false.
    public record ScanningConfiguration(@Nullable Boolean scanOnPush) {
        public boolean isOn() {
            return Boolean.TRUE.equals(scanOnPush);
        }
    }

    /// ECR's `EncryptionConfiguration`.
    public record EncryptionConfiguration(
            String encryptionType, @Nullable String kmsKey) {
        static EncryptionConfiguration of(Encryption encryption) {
            return switch (encryption) {
                case Encryption.OfStorage storage -> new EncryptionConfiguration(storage.toString(), null);
                case Encryption.ByKey by ->
                    new EncryptionConfiguration(by.type(), by.key().value());
            };
        }

        /// Fails with what no repository of the registry can have; `KMS_DSSE` is for governments alone.
        public void check(RegistryId registry) {
            if (encryptionType.equals("AES256") && kmsKey != null && !kmsKey.isEmpty()) {
                throw refusal("kmsKey must not be given with encryptionType AES256");
            }
            if (encryptionType.equals("KMS_DSSE")
                    && !registry.partition().name().equals("aws-us-gov")) {
                throw refusal("encryptionType KMS_DSSE is available in the regions us-gov-* alone");
            }
        }

        private static RegistryException refusal(String constraint) {
            return new RegistryException(new JsonAloneError.InvalidParameter("encryptionConfiguration", constraint));
        }
    }

    /// ECR's `ImageTagMutabilityExclusionFilter`; `WILDCARD` is the one type there is.
    public record ExclusionFilter(String filterType, String filter) {

        public static @Nullable List<ExclusionFilter> all(TagMutability mutability) {
            return mutability.exclusions().isEmpty()
                    ? null
                    : mutability.exclusions().stream()
                            .map(filter -> new ExclusionFilter("WILDCARD", filter.pattern()))
                            .toList();
        }

        /// What a request's two members mean together.
        public static TagMutability mutability(
                TagMutability.@Nullable Mode mode, @Nullable List<ExclusionFilter> filters) {
            return new TagMutability(
                    mode == null ? TagMutability.Mode.MUTABLE : mode,
                    filters == null
                            ? List.of()
                            : filters.stream()
                                    .map(filter -> new TagMutability.Filter(filter.filter()))
                                    .toList());
        }
    }
}
