package entrepot.operation.image;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Digest;
import entrepot.domain.ImageError;
import entrepot.domain.Law;
import entrepot.domain.Manifest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.Precondition;
import entrepot.domain.Reference;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.operation.ImageChanges;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.image.ImageView.ImageId;
import entrepot.operation.repository.PushTargets;
import entrepot.operation.repository.PushTargets.PushTo;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.sealing.Vault;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Stores a manifest and, if asked, points a tag at it: the heart of the registry. The API call and a `PUT` on
/// `/v2` both arrive here. What is stored is decided by [Push] and written in the same
/// transaction. Source: ECR API, PutImage.
public final class PutImage implements Operation<PutImage.Input, PutImage.Output> {

    /// Without `imageManifestMediaType` (on `/v2`, the Content-Type) the manifest must say what it is.
    ///
    /// @param furtherTags set with `imageTag` or none of them; only `/v2` has a form for them
    /// @param precondition on each tag, and on the digest where that is the name; only `/v2` has a form for it
    public record Input(
            @Nullable AccountId registryId,
            RepositoryName repositoryName,
            ManifestBytes imageManifest,
            @Nullable String imageManifestMediaType,
            @Nullable Tag imageTag,
            @Nullable Digest imageDigest,
            @Nullable List<Tag> furtherTags,
            @Nullable Precondition precondition) {

        public Input(
                @Nullable AccountId registryId,
                RepositoryName repositoryName,
                ManifestBytes imageManifest,
                @Nullable String imageManifestMediaType,
                @Nullable Tag imageTag,
                @Nullable Digest imageDigest) {
            this(registryId, repositoryName, imageManifest, imageManifestMediaType, imageTag, imageDigest, null, null);
        }

        boolean isUnconditional() {
            return precondition == null || precondition.equals(Precondition.NONE);
        }

        /// Each once.
        List<Tag> tags() {
            return Stream.concat(
                            Stream.ofNullable(imageTag),
                            Stream.ofNullable(furtherTags).flatMap(List::stream))
                    .distinct()
                    .toList();
        }

        Stream<Reference> changed() {
            return Stream.concat(Stream.ofNullable(imageTag == null ? imageDigest : null), tags().stream());
        }

        Digest.Algorithm algorithm() {
            return imageDigest == null ? Digest.Algorithm.SHA256 : imageDigest.algorithm();
        }
    }

    /// The image as it is stored.
    ///
    /// @param subject the manifest that the image is about, if any; no member on the wire
    public record Output(ImageView image, @Nullable Digest subject) {}

    private final PushTargets repositories;
    private final MetadataStore metadata;
    private final Vault vault;
    private final ImageChanges changes;
    private final InstantSource clock;
    private final PushRules rules;

    PutImage(PushTargets repositories, Means.Kept kept, InstantSource clock, PushRules rules) {
        this.repositories = repositories;
        this.metadata = repositories.metadata();
        this.vault = kept.vault();
        this.changes = kept.changes();
        this.clock = clock;
        this.rules = rules;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        return repositories.forPush(
                PushTo.of(caller, this, input.registryId(), input.repositoryName()),
                repository -> put(repository, at -> changes.byPusher(caller, at), law, input));
    }

    /// Stores an image that the registry itself brings, into a repository that is there. Whether it may is decided by
    /// who
    /// has it brought. Refuses as a push on `/v2`.
    ///
    /// @param caller whose doing it is
    public Output bring(Caller caller, Repository repository, Input input) {
        return put(repository, at -> changes.by(caller, at), Law.OCI, input);
    }

    private Output put(Repository repository, Function<Instant, ImageChanges.By> by, Law law, Input input) {
        rules.requireLength(input.imageManifest());
        rules.requireRoom();
        var json = ManifestReader.read(input.imageManifest());
        var known = input.imageManifest().digest(input.algorithm());
        var type = new ManifestType(Manifest.ownType(json, law), input.imageManifestMediaType())
                .orStored(() ->
                        metadata.read(tx -> tx.images().find(repository, known)).map(image -> image.mediaType()));
        var manifest = Manifest.of(json, type, law, rules.limits());
        var digest = digest(input, json, type, known);
        refuseOtherDigest(repository, input, digest);
        var converted = ConvertedManifest.of(input.imageManifest(), json, type, digest.algorithm())
                .map(ConvertedManifest::digest);
        var covered = new Push.Content(input.imageManifest(), vault.cover(repository));
        var push = new Push(law, rules, input.tags(), digest, manifest, covered, converted.orElse(null));
        store(repository, push, input, by);
        var id = new ImageId(digest, input.imageTag());
        return new Output(ImageView.of(repository, id, input.imageManifest(), type), manifest.subject());
    }

    /// What is asked on a condition is looked at twice, for that and for the rest, and must be the same then.
    private Digest store(Repository seen, Push push, Input input, Function<Instant, ImageChanges.By> by) {
        return input.isUnconditional()
                ? metadata.transactGuarded(tx -> store(tx, seen, push, input, by))
                : metadata.transact(tx -> store(tx, seen, push, input, by));
    }

    /// The repository again, since it may have been deleted or changed since it was looked up. Another one of its name
    /// has another cover.
    private Digest store(
            Transaction tx, Repository seen, Push push, Input input, Function<Instant, ImageChanges.By> by) {
        var facts = push.facts(tx, seen);
        var repository = facts.repository()
                .map(found -> RepositoryLookup.same(found, seen))
                .orElseThrow(() -> RepositoryLookup.absent(seen));
        input.changed().forEach(new ImageState(tx, repository, input.precondition())::require);
        push.store(tx, repository, facts, by.apply(clock.instant()));
        return push.digest();
    }

    private static Digest digest(Input input, Map<String, ?> json, MediaType type, Digest ofBytes) {
        return type.equals(MediaType.DOCKER_SCHEMA1_SIGNED)
                ? SignedSchema1.digest(input.imageManifest(), json, input.algorithm())
                : ofBytes;
    }

    private static void refuseOtherDigest(Repository repository, Input input, Digest calculated) {
        if (input.imageDigest() != null && !input.imageDigest().equals(calculated)) {
            throw new RegistryException(new ImageError.ImageDigestDoesNotMatch(
                    repository, input.imageDigest().toString()));
        }
    }
}
