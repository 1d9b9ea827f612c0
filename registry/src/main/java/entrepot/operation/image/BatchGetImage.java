package entrepot.operation.image;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Haste;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.Law;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Reference;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryError;
import entrepot.domain.RepositoryName;
import entrepot.operation.LatelyFound;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.PullThrough;
import entrepot.operation.PullTimes;
import entrepot.operation.image.ImageIds.Lookup;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.sealing.Vault;
import entrepot.store.Images;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Manifests by tag or digest, exactly as they were pushed; by tag, in the other format if only that is accepted and
/// nothing is lost by it. Archived ones are not given. Source: ECR API, BatchGetImage; a `GET` of a manifest on `/v2`
/// is the same.
public final class BatchGetImage implements Operation<BatchGetImage.Input, BatchGetImage.Output> {

    /// In bytes.
    private static final long MOST_BYTES = 16L << 20;

    /// Of short manifests, and those in the other format, which are held in memory; in bytes.
    private static final long MOST_HELD = 4L << 20;

    private static final long BASE = 256L << 10;

    /// The longest manifest that is remembered, in bytes.
    public static final int SHORT = ManifestForms.HELD;

    /// Of them together 4 MiB at most.
    private static final int REMEMBERED = 128;

    /// `{"imageTag":"a"},` in bytes.
    private static final long SHORTEST_ID = 17;

    /// Without `acceptedMediaTypes`, and where none of them can be had, manifests come as they were pushed.
    ///
    /// @param isLook whether nothing is pulled, as by HEAD; only `/v2` has a form for it
    public record Input(
            @Nullable AccountId registryId,
            RepositoryName repositoryName,
            List<ImageIdentifier> imageIds,
            @Nullable List<String> acceptedMediaTypes,
            @Nullable Boolean isLook) {

        public Input(
                @Nullable AccountId registryId,
                RepositoryName repositoryName,
                List<ImageIdentifier> imageIds,
                @Nullable List<String> acceptedMediaTypes) {
            this(registryId, repositoryName, imageIds, acceptedMediaTypes, null);
        }
    }

    public record Output(List<ImageView> images, List<ImageFailure> failures) {}

    private final MetadataStore metadata;
    private final Vault vault;
    private final PullTimes pulls;
    private final PullThrough elsewhere;
    private final PullBlock block;
    private final LatelyFound<Name, Images.Found> lately;

    private record Name(RegistryId registry, RepositoryName repository, Reference reference) {}

    BatchGetImage(MetadataStore metadata, Vault vault, PullTimes pulls, PullThrough elsewhere, PullBlock block) {
        this.elsewhere = elsewhere;
        this.metadata = metadata;
        this.vault = vault;
        this.pulls = pulls;
        this.block = block;
        this.lately = new LatelyFound<>(metadata, REMEMBERED, BatchGetImage::find);
    }

    private static Optional<Images.Found> find(Transaction tx, Name name) {
        return tx.images().find(name.registry(), name.repository(), name.reference(), SHORT);
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    /// As many manifests in the other format, which are longer than the short ones may be, as the input has room to
    /// name, and pieces of a long one.
    @Override
    public long memory(long inputLength) {
        return Math.min(2 * MOST_HELD, BASE + inputLength / SHORTEST_ID * ConvertedManifest.LONGEST);
    }

    /// Whether it may answer from what was found lately.
    public boolean isQuick() {
        return !metadata.isShared() && !block.isOn();
    }

    @Override
    public void prepare(Caller caller, Law law, Input input) {
        var registry = caller.registry(input.registryId());
        if (input.imageIds().size() != 1
                || elsewhere.mayFill(registry, input.repositoryName())
                || one(registry, input, _ -> {}).isEmpty()) {
            Haste.refuse();
        }
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry(input.registryId());
        var pull = new PullThrough.Pull(caller, this, registry, input.repositoryName());
        var pulled = new LinkedHashSet<ManifestForms.Given>();
        var beside = new LinkedHashSet<ManifestForms.Given>();
        var by = new By(registry, law, input);
        var output = new ImagesElsewhere(
                        elsewhere, pull, ids -> here(by, ids, pulled), id -> lookForBlock(by, id, beside))
                .get(input.imageIds());
        beside.addAll(pulled);
        refuseBlocked(caller, output, beside);
        if (!Boolean.TRUE.equals(input.isLook())) {
            pulled.forEach(given -> pulls.record(caller.principal(), given.repository(), given.image()));
        }
        return output;
    }

    /// What is asked for, by whose rules.
    private record By(RegistryId registry, Law law, Input input) {}

    private Output here(By by, List<ImageIdentifier> ids, Set<ManifestForms.Given> found) {
        var asked = new Asked(by.registry(), by.law(), by.input(), new ArrayList<>());
        var here = here(asked, ids);
        found.addAll(asked.pulled());
        return here;
    }

    /// An image that another registry has, too, is no less kept from everybody.
    private void lookForBlock(By by, ImageIdentifier id, Set<ManifestForms.Given> found) {
        if (block.isOn()) {
            here(by, List.of(id), found);
        }
    }

    /// Looks at what is given, not at what was here: a tag that is kept from everybody may be another image by now.
    private void refuseBlocked(Caller caller, Output output, Set<ManifestForms.Given> found) {
        if (block.isOn()) {
            var given = output.images().stream()
                    .map(image -> image.imageId().imageDigest())
                    .collect(Collectors.toSet());
            var here = found.stream()
                    .filter(image -> given.contains(image.image().digest()))
                    .toList();
            metadata.read(tx -> {
                block.require(tx, caller, name(), here);
                return here;
            });
        }
    }

    private Output here(Asked asked, List<ImageIdentifier> ids) {
        return asked.input().imageIds().equals(ids) && ids.size() == 1
                ? one(asked.registry(), asked.input(), asked.pulled()::add).orElseGet(() -> all(asked, ids))
                : all(asked, ids);
    }

    /// @param pulled what was found at this look
    private record Asked(RegistryId registry, Law law, Input input, List<ManifestForms.Given> pulled) {}

    /// What most pulls ask for is answered at one look: a short manifest as it was pushed. Empty for all else.
    private Optional<Output> one(RegistryId registry, Input input, Consumer<ManifestForms.Given> given) {
        var id = input.imageIds().getFirst();
        return ImageIds.reference(id)
                .flatMap(reference -> lately.find(new Name(registry, input.repositoryName(), reference)))
                .filter(found -> found.image().archival().isActive())
                .flatMap(found -> ManifestForms.pushed(id, found, input.acceptedMediaTypes(), given))
                .map(image -> new Output(List.of(image), List.of()));
    }

    private ManifestForms forms(CoveredRepository covered, Asked asked) {
        asked.pulled().clear(); // of an attempt that failed
        return new ManifestForms(metadata, covered, asked.input().acceptedMediaTypes(), asked.pulled()::add);
    }

    private Output all(Asked asked, List<ImageIdentifier> ids) {
        var name = asked.input().repositoryName();
        try {
            return CoveredRepository.read(
                    metadata, vault, asked.registry(), name, covered -> get(forms(covered, asked), ids));
        } catch (RegistryException e) {
            if (e.error() instanceof RepositoryError.Kms kms && asked.law().tellsEachManifestWithoutKey()) {
                return metadata.read(tx -> without(kms, tx, RepositoryLookup.require(tx, asked.registry(), name), ids));
            }
            throw e;
        }
    }

    /// What can be said of the images where their manifests cannot be read.
    private static Output without(
            RepositoryError.Kms key, Transaction tx, Repository repository, List<ImageIdentifier> ids) {
        var failures = ids.stream()
                .distinct()
                .map(id -> switch (ImageIds.find(tx, repository, id)) {
                    case Lookup.Found(var image)
                    when !image.archival().isActive() ->
                        ImageFailure.inaccessible(id, image.archival().status());
                    case Lookup.Found _ -> new ImageFailure(id, "KmsError", key.message());
                    case Lookup.Failed(var failure) -> failure;
                })
                .toList();
        return new Output(List.of(), failures);
    }

    private static Output get(ManifestForms forms, List<ImageIdentifier> ids) {
        var images = new ArrayList<ImageView>();
        var failures = new ArrayList<ImageFailure>();
        for (var id : ids.stream().distinct().toList()) {
            switch (ImageIds.find(forms.tx(), forms.repository(), id)) {
                case Lookup.Found(var image)
                when !image.archival().isActive() ->
                    failures.add(ImageFailure.inaccessible(id, image.archival().status()));
                case Lookup.Found(var image) -> images.add(forms.of(id, image));
                case Lookup.Failed(var failure) ->
                    forms.converted(id).ifPresentOrElse(images::add, () -> failures.add(failure));
            }
            refuseTooMuch(images);
        }
        return new Output(images, failures);
    }

    static void refuseTooMuch(List<ImageView> images) {
        long bytes = 0;
        long held = 0;
        for (var image : images) {
            var manifest = image.imageManifest();
            bytes += manifest.length();
            held += manifest instanceof ManifestBytes ? manifest.length() : 0;
        }
        refuseMoreThan(MOST_BYTES, bytes);
        refuseMoreThan(MOST_HELD, held);
    }

    private static void refuseMoreThan(long most, long bytes) {
        if (bytes > most) {
            throw new RegistryException(new RepositoryError.LimitExceeded(
                    "The manifests asked for have more than %d bytes together. Ask for fewer at once".formatted(most)));
        }
    }
}
