package entrepot.operation.image;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Digest;
import entrepot.domain.ImageStatus;
import entrepot.domain.Law;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.operation.Operation;
import entrepot.operation.PageSize;
import entrepot.operation.PageToken;
import entrepot.operation.Permissions;
import entrepot.operation.image.ImageView.ImageId;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.store.Images.Statuses;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The images of a repository, an entry for each tag in the order of tags, then those without one in the order of
/// digests. Those that are not active are listed in the order of images, if they are asked for. Source: ECR API,
/// ListImages; `tags/list` on `/v2` asks for tags alone.
public final class ListImages implements Operation<ListImages.Input, ListImages.Output> {

    private static final String TAGGED = "tag";
    private static final String UNTAGGED = "digest";
    private static final String TEXT = "after-tag";

    private static final Set<String> KINDS = Set.of(TAGGED, UNTAGGED, TEXT);

    /// A page of a repository's images.
    ///
    /// @param tagsAlone whether the names of tags are all that is asked for; only `/v2` has a form for it
    public record Input(
            @Nullable AccountId registryId,
            RepositoryName repositoryName,
            @Nullable String nextToken,
            @Nullable Integer maxResults,
            @Nullable TagFilter filter,
            @Nullable Boolean tagsAlone) {

        public Input(
                @Nullable AccountId registryId,
                RepositoryName repositoryName,
                @Nullable String nextToken,
                @Nullable Integer maxResults,
                @Nullable TagFilter filter) {
            this(registryId, repositoryName, nextToken, maxResults, filter, null);
        }

        /// For a page of the tags of a repository, by their names.
        public static Input ofTags(RepositoryName repositoryName, @Nullable String nextToken, int maxResults) {
            return new Input(null, repositoryName, nextToken, maxResults, null, true);
        }
    }

    /// The page, and how the next one is asked for.
    ///
    /// @param tags where they alone were asked for; no member on the wire
    public record Output(List<ImageId> imageIds, @Nullable String nextToken, List<Tag> tags) {

        Output(List<ImageId> imageIds, @Nullable String nextToken) {
            this(imageIds, nextToken, List.of());
        }
    }

    private final MetadataStore metadata;

    ListImages(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /// The token of a page that begins after this tag, whether it exists or not.
    public static String after(Tag tag) {
        return new PageToken(TAGGED, tag.name()).toString();
    }

    /// The token of a page of the tags that come after this text in the order of bytes, whatever it is.
    public static String afterText(String text) {
        return new PageToken(TEXT, text).toString();
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var size = PageSize.of(law, input.maxResults());
        var filter = TagFilter.orNone(input.filter());
        var token = PageToken.parse(input.nextToken());
        return metadata.read(tx -> {
            var repository = RepositoryLookup.require(tx, caller.registry(input.registryId()), input.repositoryName());
            if (Boolean.TRUE.equals(input.tagsAlone())) {
                return tags(tx, repository, token, size);
            }
            var status = filter.status();
            return status == null || status == ImageStatus.ACTIVE
                    ? page(tx, repository, filter, token, size)
                    : ArchivedNames.page(tx, repository, filter, token, size);
        });
    }

    /// The index of tags has their names, in their order: what else a tag has lies wherever its push has put it.
    private static Output tags(Transaction tx, Repository repository, @Nullable PageToken token, int size) {
        var after = token == null ? null : tagBefore(token);
        var tags = tx.images().tagNames(repository, after, size + 1);
        return tags.size() <= size
                ? new Output(List.of(), null, tags)
                : new Output(List.of(), after(tags.get(size - 1)), List.copyOf(tags.subList(0, size)));
    }

    private static Output page(
            Transaction tx, Repository repository, TagFilter filter, @Nullable PageToken token, int size) {
        var which = filter.status() == null ? Statuses.ANY : Statuses.ACTIVE;
        var ids = new ArrayList<ImageId>();
        if (filter.wantsTagged() && !isOf(UNTAGGED, token)) {
            var after = token == null ? null : tagBefore(token);
            tx.images()
                    .tags(repository, which, after, size + 1)
                    .forEach(t -> ids.add(new ImageId(t.digest(), t.tag())));
        }
        if (filter.wantsUntagged() && ids.size() <= size) {
            var after = token != null && isOf(UNTAGGED, token) ? token.key(UNTAGGED, Digest::parse) : null;
            tx.images()
                    .untagged(repository, which, after, size + 1 - ids.size())
                    .forEach(d -> ids.add(new ImageId(d, null)));
        }
        return ids.size() <= size
                ? new Output(ids, null)
                : new Output(List.copyOf(ids.subList(0, size)), tokenAfter(ids.get(size - 1)));
    }

    private static String tagBefore(PageToken token) {
        return token.kind().equals(TEXT)
                ? token.after()
                : token.key(TAGGED, Tag::new).name();
    }

    private static boolean isOf(String kind, @Nullable PageToken token) {
        if (token != null && !KINDS.contains(token.kind())) {
            throw PageToken.invalid();
        }
        return token != null && token.kind().equals(kind);
    }

    private static String tokenAfter(ImageId last) {
        return last.imageTag() != null
                ? after(last.imageTag())
                : new PageToken(UNTAGGED, last.imageDigest().toString()).toString();
    }
}
