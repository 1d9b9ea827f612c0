package entrepot.operation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Every operation that ECR's API has, and those of them that this registry has.
public final class Catalogue {

    private static final List<String> REPOSITORY = List.of(
            "CreateRepository",
            "DescribeRepositories",
            "DeleteRepository",
            "PutImageTagMutability",
            "SetRepositoryPolicy",
            "GetRepositoryPolicy",
            "DeleteRepositoryPolicy",
            "TagResource",
            "UntagResource",
            "ListTagsForResource");

    private static final List<String> IMAGE = List.of(
            "PutImage",
            "BatchGetImage",
            "BatchDeleteImage",
            "DescribeImages",
            "ListImages",
            "ListImageReferrers",
            "UpdateImageStorageClass");

    private static final List<String> LAYER = List.of(
            "InitiateLayerUpload",
            "UploadLayerPart",
            "CompleteLayerUpload",
            "BatchCheckLayerAvailability",
            "GetDownloadUrlForLayer");

    private static final List<String> LIFECYCLE = List.of(
            "PutLifecyclePolicy",
            "GetLifecyclePolicy",
            "DeleteLifecyclePolicy",
            "StartLifecyclePolicyPreview",
            "GetLifecyclePolicyPreview");

    private static final List<String> SCANNING = List.of(
            "StartImageScan",
            "DescribeImageScanFindings",
            "PutImageScanningConfiguration",
            "PutRegistryScanningConfiguration",
            "GetRegistryScanningConfiguration",
            "BatchGetRepositoryScanningConfiguration");

    private static final List<String> REPLICATION =
            List.of("PutReplicationConfiguration", "DescribeImageReplicationStatus");

    private static final List<String> PULL_THROUGH = List.of(
            "CreatePullThroughCacheRule",
            "DescribePullThroughCacheRules",
            "UpdatePullThroughCacheRule",
            "DeletePullThroughCacheRule",
            "ValidatePullThroughCacheRule");

    private static final List<String> TEMPLATE = List.of(
            "CreateRepositoryCreationTemplate",
            "DescribeRepositoryCreationTemplates",
            "UpdateRepositoryCreationTemplate",
            "DeleteRepositoryCreationTemplate");

    private static final List<String> SIGNING = List.of(
            "PutSigningConfiguration",
            "GetSigningConfiguration",
            "DeleteSigningConfiguration",
            "DescribeImageSigningStatus");

    private static final List<String> ACCOUNT = List.of(
            "GetAuthorizationToken",
            "DescribeRegistry",
            "GetRegistryPolicy",
            "PutRegistryPolicy",
            "DeleteRegistryPolicy",
            "GetAccountSetting",
            "PutAccountSetting",
            "RegisterPullTimeUpdateExclusion",
            "DeregisterPullTimeUpdateExclusion",
            "ListPullTimeUpdateExclusions");

    /// All of ECR's names, by family.
    public static final List<String> NAMES = Stream.of(
                    REPOSITORY,
                    IMAGE,
                    LAYER,
                    LIFECYCLE,
                    SCANNING,
                    REPLICATION,
                    PULL_THROUGH,
                    TEMPLATE,
                    SIGNING,
                    ACCOUNT)
            .flatMap(List::stream)
            .toList();

    /// What there is under a name of ECR's.
    public sealed interface Entry {

        record Built(Operation<?, ?> operation) implements Entry {}

        record NotBuilt() implements Entry {}
    }

    private final Map<String, Entry> entries = new HashMap<>();

    /// Fails if one of the operations has a name that is not ECR's, or another one's.
    public Catalogue(List<Operation<?, ?>> built) {
        NAMES.forEach(name -> entries.put(name, new Entry.NotBuilt()));
        for (var operation : built) {
            var before = entries.put(operation.name(), new Entry.Built(operation));
            if (!(before instanceof Entry.NotBuilt)) {
                throw new IllegalArgumentException("not one operation of ECR: " + operation.name());
            }
        }
    }

    /// Empty for a name that ECR does not have.
    public Optional<Entry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }
}
