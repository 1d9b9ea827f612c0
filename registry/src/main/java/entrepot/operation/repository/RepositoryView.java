package entrepot.operation.repository;

import entrepot.auth.Caller;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.Encryption;
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
    }

    /// ECR's `ImageTagMutabilityExclusionFilter`; `WILDCARD` is the one type there is.
    public record ExclusionFilter(String filterType, String filter) {

        static @Nullable List<ExclusionFilter> all(TagMutability mutability) {
            return mutability.exclusions().isEmpty()
                    ? null
                    : mutability.exclusions().stream()
                            .map(filter -> new ExclusionFilter("WILDCARD", filter.pattern()))
                            .toList();
        }

        /// What a request's two members mean together.
        static TagMutability mutability(TagMutability.@Nullable Mode mode, @Nullable List<ExclusionFilter> filters) {
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
