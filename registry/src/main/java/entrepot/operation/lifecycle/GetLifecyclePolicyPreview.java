package entrepot.operation.lifecycle;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Digest;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.operation.Operation;
import entrepot.operation.PageSize;
import entrepot.operation.PageToken;
import entrepot.operation.Permissions;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.store.LifecyclePreviews.Placed;
import entrepot.store.LifecyclePreviews.Preview;
import entrepot.store.LifecyclePreviews.Result;
import entrepot.store.LifecyclePreviews.State;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the policy of the newest preview would do to a repository as it was then: to the images that are named, or to
/// all page by page. Source: ECR API, GetLifecyclePolicyPreview.
public final class GetLifecyclePolicyPreview
        implements Operation<GetLifecyclePolicyPreview.Input, GetLifecyclePolicyPreview.Output> {

    private static final String PAGE = "preview";
    private static final int LONGEST_PAGE = 100;

    /// A page ends early with the lot of images that brings this many tags.
    private static final int ENOUGH_TAGS = 10_000;

    /// Images that are read at once.
    private static final int LOT = 10;

    public record Input(
            @Nullable AccountId registryId,
            RepositoryName repositoryName,
            @Nullable List<ImageIdentifier> imageIds,
            @Nullable String nextToken,
            @Nullable Integer maxResults,
            @Nullable Filter filter) {}

    /// ECR's `LifecyclePolicyPreviewFilter`.
    public record Filter(@Nullable String tagStatus) {

        /// Only tagged ones, only untagged ones, or null for all.
        @Nullable
        Boolean tagged() {
            return (tagStatus == null || tagStatus.equals("ANY")) ? null : Boolean.valueOf(tagStatus.equals("TAGGED"));
        }
    }

    /// A page of it.
    ///
    /// @param summary null unless it is complete
    public record Output(
            AccountId registryId,
            RepositoryName repositoryName,
            String lifecyclePolicyText,
            State status,
            @Nullable String nextToken,
            List<PreviewResult> previewResults,
            PreviewResult.@Nullable Summary summary) {}

    private record Page(List<Placed> results, @Nullable String token) {}

    private final MetadataStore metadata;
    private final InstantSource clock;

    GetLifecyclePolicyPreview(MetadataStore metadata, InstantSource clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    /// Ten thousand tags, and those of ten images more.
    @Override
    public long memory(long inputLength) {
        return 8L << 20;
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        if (input.imageIds() != null) {
            PageSize.requireNone(input.maxResults(), input.nextToken(), "imageIds");
        }
        var size = input.maxResults() == null ? LONGEST_PAGE : PageSize.within(law, input.maxResults(), LONGEST_PAGE);
        var token = PageToken.parse(input.nextToken());
        int after = token == null ? 0 : token.key(PAGE, Integer::parseInt);
        return metadata.read(tx -> {
            var repository = RepositoryLookup.require(tx, caller.registry(input.registryId()), input.repositoryName());
            var preview = tx.lifecyclePreviews().find(repository).orElseThrow(() -> absent(repository));
            var state = PreviewAge.state(preview, clock.instant());
            return state == State.COMPLETE
                    ? complete(tx, repository, preview, input, after, size)
                    : output(repository, preview, state, new Page(List.of(), null));
        });
    }

    private static RegistryException absent(Repository repository) {
        return new RegistryException(
                new JsonAloneError.LifecyclePolicyPreviewNotFound(repository.registry(), repository.name()));
    }

    private static Output complete(
            Transaction tx, Repository repository, Preview preview, Input input, int after, int size) {
        var tagged = input.filter() == null ? null : input.filter().tagged();
        var page = input.imageIds() == null
                ? page(tx, preview, after, tagged, size)
                : named(tx, repository, preview, input.imageIds(), tagged);
        return output(repository, preview, State.COMPLETE, page);
    }

    private static Page page(Transaction tx, Preview preview, int after, @Nullable Boolean tagged, int size) {
        var shown = new ArrayList<Placed>();
        int tags = 0;
        int last = after;
        boolean more;
        do {
            var lot = tx.lifecyclePreviews().results(preview, last, tagged, Math.min(LOT, size - shown.size()));
            shown.addAll(lot);
            tags += lot.stream().mapToInt(each -> each.result().tags().size()).sum();
            last = shown.isEmpty() ? after : shown.getLast().place();
            more = !lot.isEmpty()
                    && !tx.lifecyclePreviews().results(preview, last, tagged, 1).isEmpty();
        } while (more && shown.size() < size && tags < ENOUGH_TAGS);
        return new Page(shown, more ? new PageToken(PAGE, Integer.toString(last)).toString() : null);
    }

    /// Those of them that the policy would act on; of the others there is nothing to tell.
    private static Page named(
            Transaction tx,
            Repository repository,
            Preview preview,
            List<ImageIdentifier> ids,
            @Nullable Boolean tagged) {
        var results = ids.stream()
                .distinct()
                .flatMap(id -> find(tx, repository, preview, id).stream())
                .distinct()
                .filter(result -> tagged == null || tagged != result.tags().isEmpty())
                .map(result -> new Placed(0, result))
                .toList();
        return new Page(results, null);
    }

    private static Optional<Result> find(Transaction tx, Repository repository, Preview preview, ImageIdentifier id) {
        return digest(tx, repository, id)
                .flatMap(digest -> tx.lifecyclePreviews().result(preview, digest))
                .filter(result -> id.imageTag() == null || result.tags().contains(new Tag(id.imageTag())));
    }

    private static Optional<Digest> digest(Transaction tx, Repository repository, ImageIdentifier id) {
        if (id.imageTag() != null && !Tag.isTag(id.imageTag())) {
            return Optional.empty();
        }
        if (id.imageDigest() != null) {
            return Digest.find(id.imageDigest());
        }
        return Optional.ofNullable(id.imageTag())
                .flatMap(tag -> tx.images().find(repository, new Tag(tag)))
                .map(StoredImage::digest);
    }

    private static Output output(Repository repository, Preview preview, State state, Page page) {
        return new Output(
                repository.registry().account(),
                repository.name(),
                preview.document(),
                state,
                page.token(),
                page.results().stream()
                        .map(Placed::result)
                        .map(PreviewResult::of)
                        .toList(),
                state == State.COMPLETE ? PreviewResult.Summary.of(preview.totals()) : null);
    }
}
