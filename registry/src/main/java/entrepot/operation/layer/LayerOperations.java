package entrepot.operation.layer;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
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

    public static LayerOperations with(Means means) {
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
                new BatchCheckLayerAvailability(known),
                new GetDownloadUrlForLayer(
                        metadata, means.vault(), means.credentials().links(), clock),
                new DescribeLayerUpload(repositories, uploads),
                new CancelLayerUpload(repositories, uploads, clock),
                new MountLayer(targets, new SharedLayers(metadata, means.vault(), clock), means.decisions()),
                new ReadLayer(metadata, means.vault()),
                new DeleteLayer(metadata));
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
