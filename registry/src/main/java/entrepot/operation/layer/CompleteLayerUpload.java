package entrepot.operation.layer;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.LayerError;
import entrepot.domain.LayerUpload;
import entrepot.domain.Limits;
import entrepot.domain.Progress;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.UploadId;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.store.BrokeOffException;
import entrepot.store.NoSuchBlobException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes an upload a layer of its repository, once its bytes have one of the digests given. Durable when it answers.
/// Source: ECR API, CompleteLayerUpload.
public final class CompleteLayerUpload implements Operation<CompleteLayerUpload.Input, CompleteLayerUpload.Output> {

    /// The digests stay text: one of an algorithm that is not known here simply does not match. What the request itself
    /// brings counts whole or not at all; the JSON door has no form for it.
    ///
    /// @param lastPart null if there is none
    public record Input(
            @Nullable AccountId registryId,
            RepositoryName repositoryName,
            UploadId uploadId,
            List<String> layerDigests,
            @Nullable LastPart lastPart) {

        public Input(
                @Nullable AccountId registryId,
                RepositoryName repositoryName,
                UploadId uploadId,
                List<String> layerDigests) {
            this(registryId, repositoryName, uploadId, layerDigests, null);
        }
    }

    /// Without a range it goes to the end. Both ends are counted from 0.
    public record LastPart(
            @Nullable Long firstByte, @Nullable Long lastByte, Content bytes) {}

    public record Output(AccountId registryId, RepositoryName repositoryName, UploadId uploadId, Digest layerDigest) {}

    private final RepositoryLookup repositories;
    private final LayerUploads uploads;
    private final KnownLayers known;
    private final InstantSource clock;
    private final PartWriter parts;

    CompleteLayerUpload(
            RepositoryLookup repositories,
            LayerUploads uploads,
            KnownLayers known,
            InstantSource clock,
            Limits limits) {
        this.known = known;
        this.repositories = repositories;
        this.uploads = uploads;
        this.clock = clock;
        this.parts = new PartWriter(uploads, limits);
    }

    /// A part is more than completing.
    @Override
    public List<Permission> needs(Caller caller, Input input) {
        var registry = caller.registry(input.registryId());
        var complete = Permissions.on(registry, input.repositoryName(), name());
        return input.lastPart() == null
                ? List.of(complete)
                : List.of(Permissions.on(registry, input.repositoryName(), "UploadLayerPart"), complete);
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        return complete(caller, law, input, () -> {});
    }

    /// The same, without a decision whether the caller may.
    ///
    /// @param verified is told when the bytes have been found to have a digest, before they are made durable
    Output complete(Caller caller, Law law, Input input, Runnable verified) {
        var repository = repositories.require(caller.registry(input.registryId()), input.repositoryName());
        try (var hold = uploads.open().hold(input.uploadId(), caller.principal().arn())) {
            var overtaking = new Overtaking(uploads, hold, repository, input.uploadId());
            var upload = input.lastPart() == null
                    ? overtaking.toComplete(clock.instant())
                    : overtaking.toWrite(clock.instant());
            var digest = upload.completedAs() == null
                    ? new Completion(hold, law, repository, new Asked(digests(input), verified))
                            .of(upload, input.lastPart())
                    : completedBefore(law, repository, upload, upload.completedAs(), digests(input));
            return new Output(repository.registry().account(), repository.name(), upload.id(), digest);
        }
    }

    private static List<Digest> digests(Input input) {
        return input.layerDigests().stream()
                .distinct()
                .flatMap(text -> Digest.find(text).stream())
                .toList();
    }

    private Digest completedBefore(
            Law law, Repository repository, LayerUpload upload, Digest digest, List<Digest> asked) {
        if (!asked.contains(digest)) {
            throw new RegistryException(LayerError.InvalidLayer.DIGEST);
        }
        if (known.find(repository, digest).isEmpty()) {
            throw LayerUploads.notFound(repository, upload.id());
        }
        refuseRepeating(law, repository, digest);
        return digest;
    }

    private static void refuseRepeating(Law law, Repository repository, Digest digest) {
        if (!law.repeatingSucceeds()) {
            throw new RegistryException(new LayerError.LayerAlreadyExists(repository, digest));
        }
    }

    private static void refuseUnfit(Law law, Repository repository, LayerUpload upload) {
        if (upload.received() == 0 && !law.allowsEmptyBlobs()) {
            throw new RegistryException(new LayerError.EmptyUpload(repository, upload.id()));
        }
        if (upload.hasSmallPart() && !law.allowsSmallParts()) {
            throw new RegistryException(new LayerError.LayerPartTooSmall());
        }
    }

    private record Asked(List<Digest> digests, Runnable verified) {}

    /// What is done for one call.
    private final class Completion {

        private final Hold hold;
        private final Law law;
        private final Repository repository;
        private final List<Digest> asked;
        private final Runnable verified;
        private boolean isNew;
        private boolean isSealed;

        Completion(Hold hold, Law law, Repository repository, Asked asked) {
            this.hold = hold;
            this.law = law;
            this.repository = repository;
            this.asked = asked.digests();
            this.verified = asked.verified();
        }

        Digest of(LayerUpload upload, @Nullable LastPart last) {
            var digest = last == null ? complete(upload, upload) : withLastPart(upload, last);
            if (!isNew) {
                refuseRepeating(law, repository, digest);
            }
            return digest;
        }

        private Digest withLastPart(LayerUpload upload, LastPart last) {
            var part = LayerPart.of(
                    uploads, repository, upload, new LayerPart.Bytes(last.firstByte(), last.lastByte(), last.bytes()));
            if (!part.follows()) {
                throw part.misplaced();
            }
            try {
                return parts.write(hold, part, end -> complete(upload, with(part, end)));
            } catch (IOException e) {
                parts.takeBack(hold, part);
                throw new UncheckedIOException(e instanceof BrokeOffException broken ? broken.source() : e);
            }
        }

        private LayerUpload with(LayerPart part, Progress end) {
            return end.length() == part.first() ? part.before() : part.before().withPart(end, null, clock.instant());
        }

        /// @param seen as its row has it
        private Digest complete(LayerUpload seen, LayerUpload upload) {
            refuseUnfit(law, repository, upload);
            var known = known(upload);
            refuseOthers(known);
            if (known.size() < algorithms().size()) {
                seal(upload);
            }
            var digest = asked.stream()
                    .filter(candidate -> candidate.equals(calculated(known, upload, candidate.algorithm())))
                    .findFirst()
                    .orElseThrow(() -> new RegistryException(LayerError.InvalidLayer.DIGEST));
            verified.run();
            var wasThere = isThere(digest);
            isNew = publish(seen, upload, digest) || !wasThere;
            uploads.open().forget(upload.id());
            return digest;
        }

        private Set<Digest.Algorithm> algorithms() {
            return asked.stream().map(Digest::algorithm).collect(Collectors.toSet());
        }

        /// The digests that need no look at the bytes: those that passed here, and what its row says.
        private Map<Digest.Algorithm, Digest> known(LayerUpload upload) {
            var known = new EnumMap<Digest.Algorithm, Digest>(Digest.Algorithm.class);
            if (upload.sha256() != null) {
                known.put(Digest.Algorithm.SHA256, upload.sha256());
            }
            for (var algorithm : algorithms()) {
                hold.hash().known(algorithm, upload.received()).ifPresent(digest -> known.put(algorithm, digest));
            }
            known.keySet().retainAll(algorithms());
            return known;
        }

        /// Nothing is sealed for digests that its bytes are known not to have.
        private void refuseOthers(Map<Digest.Algorithm, Digest> known) {
            if (asked.stream().noneMatch(digest -> digest.equals(known.getOrDefault(digest.algorithm(), digest)))) {
                throw new RegistryException(LayerError.InvalidLayer.DIGEST);
            }
        }

        /// Whatever is asked for in one call or many, no byte is looked at twice for one algorithm. Only sealed bytes
        /// can be read.
        private Digest calculated(Map<Digest.Algorithm, Digest> known, LayerUpload upload, Digest.Algorithm algorithm) {
            var digest = known.get(algorithm);
            return digest != null
                    ? digest
                    : LayerUploads.storing(() -> {
                        try {
                            return hold.hash().of(algorithm, upload.received(), bytes(upload), hold::isWanted);
                        } catch (GivenUpException e) {
                            throw new RegistryException(new LayerError.UploadBusy(upload.id()));
                        }
                    });
        }

        private UploadHash.Source bytes(LayerUpload upload) {
            return (from, length) -> uploads.blobs(upload).open(upload.blob(), upload.received(), from, length);
        }

        /// Whether the digest has bytes, and as many as it should, of which no damage is known. Bytes that are
        /// damaged otherwise are mended as well, without a word.
        private boolean isThere(Digest digest) {
            return uploads.metadata()
                    .read(tx -> tx.layers().blob(digest, repository.encryption()))
                    .filter(blob -> blob.damage() == null)
                    .filter(blob -> LayerUploads.storing(() ->
                                            uploads.vault().blobs(blob.keys()).size(blob.key()))
                                    .orElse(-1)
                            == blob.size())
                    .isPresent();
        }

        private boolean publish(LayerUpload seen, LayerUpload upload, Digest digest) {
            if (!isSealed) {
                seal(upload);
            }
            var publication = new Publication(
                    repository, seen, upload, digest, known.rules().replacedStay());
            return uploads.metadata().transactGuarded(tx -> publication.write(tx, clock.instant()));
        }

        /// Without the bytes that came and do not count. An upload whose bytes the store has lost is none.
        private void seal(LayerUpload upload) {
            LayerUploads.storing(() -> {
                try {
                    uploads.blobs(upload).seal(upload.blob(), upload.progress());
                    return upload;
                } catch (NoSuchBlobException e) {
                    throw LayerUploads.notFound(repository, upload.id());
                }
            });
            isSealed = true;
        }
    }
}
