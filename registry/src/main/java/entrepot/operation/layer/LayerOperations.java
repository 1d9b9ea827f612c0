package entrepot.operation.layer;

import entrepot.auth.Caller;
import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.Repository;
import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import entrepot.operation.PullThrough;
import entrepot.operation.repository.PushTargets;
import entrepot.operation.repository.RepositoryLookup;
import java.util.List;
import java.util.stream.Stream;

/// The operations on layers and their uploads. Those of one process are of one family, since it remembers who writes
/// which upload.
public record LayerOperations(
        InitiateLayerUpload initiateLayerUpload,
        UploadLayerPart uploadLayerPart,
        CompleteLayerUpload completeLayerUpload,
        BatchCheckLayerAvailability batchCheckLayerAvailability,
        GetDownloadUrlForLayer getDownloadUrlForLayer,
        DescribeLayerUpload describeLayerUpload,
        CancelLayerUpload cancelLayerUpload,
        MountLayer mountLayer,
        ReadLayer readLayer,
        DeleteLayer deleteLayer)
        implements Family {

    /// Where layers are had from no other registry.
    public static LayerOperations with(Means means) {
        return with(means, PullThrough.NONE);
    }

    /// Where they may be had from others.
    ///
    /// @param elsewhere has what is not here
    public static LayerOperations with(Means means, PullThrough elsewhere) {
        var metadata = means.metadata();
        var clock = means.clock();
        var repositories = new RepositoryLookup(metadata);
        var targets = PushTargets.with(means);
        var uploads = new LayerUploads(metadata, means.vault(), new OpenUploads());
        var known = new KnownLayers(metadata, means.rules().garbage());
        return new LayerOperations(
                new InitiateLayerUpload(targets, uploads, clock, means.limits()),
                new UploadLayerPart(repositories, uploads, clock, means.limits()),
                new CompleteLayerUpload(repositories, uploads, known, clock, means.limits()),
                new BatchCheckLayerAvailability(known, elsewhere),
                new GetDownloadUrlForLayer(
                        metadata, means.vault(), means.credentials().links(), clock, elsewhere),
                new DescribeLayerUpload(repositories, uploads),
                new CancelLayerUpload(repositories, uploads, clock),
                new MountLayer(targets, new SharedLayers(metadata, means.vault(), clock), means.decisions()),
                new ReadLayer(metadata, means.vault(), elsewhere),
                new DeleteLayer(metadata));
    }

    /// Stores a layer that the registry itself brings. Whether it may is decided by who has it brought. Durable when it
    /// returns; of one that is refused nothing stays.
    ///
    /// @param caller whose doing it is
    /// @param bytes those that have the digest, or else it is refused
    /// @param verified is told when all bytes have come and have the digest, before they are durable
    public void bring(Caller caller, Repository repository, Digest digest, Content bytes, Runnable verified) {
        var name = repository.name();
        var account = repository.registry().account();
        var upload = initiateLayerUpload.begin(caller, repository);
        var isStored = false;
        try {
            var last = new CompleteLayerUpload.LastPart(null, null, bytes);
            var input = new CompleteLayerUpload.Input(account, name, upload, List.of(digest.toString()), last);
            completeLayerUpload.complete(caller, Law.OCI, input, verified);
            isStored = true;
        } finally {
            if (!isStored) {
                cancelLayerUpload.cancel(caller, new CancelLayerUpload.Input(account, name, upload));
            }
        }
    }

    @Override
    public List<Operation<?, ?>> all() {
        var inV2Alone = List.of(describeLayerUpload, cancelLayerUpload, mountLayer, readLayer, deleteLayer);
        return Stream.concat(inApi().stream(), inV2Alone.stream()).toList();
    }

    @Override
    public List<Operation<?, ?>> inApi() {
        return List.of(
                initiateLayerUpload,
                uploadLayerPart,
                completeLayerUpload,
                batchCheckLayerAvailability,
                getDownloadUrlForLayer);
    }
}
