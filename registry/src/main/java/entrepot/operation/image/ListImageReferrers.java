package entrepot.operation.image;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Annotations;
import entrepot.domain.Digest;
import entrepot.domain.ImageStatus;
import entrepot.domain.Law;
import entrepot.domain.MediaType;
import entrepot.domain.Referrer;
import entrepot.domain.RepositoryName;
import entrepot.operation.Operation;
import entrepot.operation.PageSize;
import entrepot.operation.PageToken;
import entrepot.operation.Permissions;
import entrepot.operation.PullThrough;
import entrepot.sealing.Vault;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The manifests of a repository that say they are about another one, in the order of their first pushes. The subject
/// itself need not be there. Source: ECR API, ListImageReferrers; OCI distribution specification, "Listing Referrers".
public final class ListImageReferrers implements Operation<ListImageReferrers.Input, ListImageReferrers.Output> {

    private static final int DEFAULT = 20;
    private static final String PAGE = "referrers";

    public record Input(
            @Nullable AccountId registryId,
            RepositoryName repositoryName,
            SubjectId subjectId,
            @Nullable Filter filter,
            @Nullable String nextToken,
            @Nullable Integer maxResults) {}

    /// ECR's `SubjectIdentifier`.
    public record SubjectId(Digest imageDigest) {}

    /// ECR's `ListImageReferrersFilter`.
    ///
    /// @param artifactTypes any of these; none or null for all
    /// @param artifactStatus as in [TagFilter]
    public record Filter(
            @Nullable List<String> artifactTypes, @Nullable String artifactStatus) {}

    public record Output(
            List<ImageReferrer> referrers, @Nullable String nextToken) {}

    /// ECR's `ImageReferrer`.
    public record ImageReferrer(
            Digest digest,
            MediaType mediaType,
            @Nullable String artifactType,
            long size,
            @Nullable Annotations annotations,
            ImageStatus artifactStatus) {

        static ImageReferrer of(Referrer referrer, Annotations annotations) {
            return new ImageReferrer(
                    referrer.digest(),
                    referrer.mediaType(),
                    referrer.artifactType(),
                    referrer.size(),
                    annotations.equals(Annotations.NONE) ? null : annotations,
                    referrer.status());
        }
    }

    private final MetadataStore metadata;
    private final Vault vault;
    private final PullThrough elsewhere;

    ListImageReferrers(MetadataStore metadata, Vault vault, PullThrough elsewhere) {
        this.elsewhere = elsewhere;
        this.metadata = metadata;
        this.vault = vault;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), "BatchGetImage"));
    }

    /// Annotations of the longest manifest and of a page, as text and as written.
    @Override
    public long memory(long inputLength) {
        return 16L << 20;
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var asked = input.maxResults() == null ? DEFAULT : input.maxResults();
        var size = PageSize.within(law, asked, law.longestPageOfReferrers());
        var token = PageToken.parse(input.nextToken());
        long after = token == null ? 0 : token.key(PAGE, Long::parseLong);
        var filter = input.filter() == null ? new Filter(null, null) : input.filter();
        var registry = caller.registry(input.registryId());
        var pull = new PullThrough.Pull(caller, this, registry, input.repositoryName());
        elsewhere.referrers(pull, input.subjectId().imageDigest());
        return CoveredRepository.read(
                metadata,
                vault,
                registry,
                input.repositoryName(),
                covered -> new ReferrersPage(
                                covered,
                                input.subjectId().imageDigest(),
                                types(filter),
                                TagFilter.status(filter.artifactStatus()))
                        .after(after, size));
    }

    private static List<String> types(Filter filter) {
        return filter.artifactTypes() == null
                ? List.of()
                : filter.artifactTypes().stream().distinct().toList();
    }

    static String tokenAfter(Referrer last) {
        return new PageToken(PAGE, Long.toString(last.id())).toString();
    }
}
