package entrepot.operation.layer;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredLayer;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says which layers a repository has, and of which all images are archived. One that it has not is no failure.
/// Source: ECR API, BatchCheckLayerAvailability; a `HEAD` of a blob on `/v2` is the same.
public final class BatchCheckLayerAvailability
        implements Operation<BatchCheckLayerAvailability.Input, BatchCheckLayerAvailability.Output> {

    public record Input(@Nullable AccountId registryId, RepositoryName repositoryName, List<String> layerDigests) {}

    public record Output(List<Layer> layers, List<LayerFailure> failures) {}

    public record Layer(
            String layerDigest,
            String layerAvailability,
            @Nullable Long layerSize,
            @Nullable String mediaType) {

        private static final String AVAILABLE = "AVAILABLE";

        /// Whether it can be had.
        public boolean isAvailable() {
            return layerAvailability.equals(AVAILABLE);
        }

        static Layer of(StoredLayer layer) {
            return new Layer(
                    layer.digest().toString(),
                    layer.archived() ? "ARCHIVED" : AVAILABLE,
                    layer.size(),
                    layer.mediaType());
        }

        static Layer unavailable(String digest) {
            return new Layer(digest, "UNAVAILABLE", null, null);
        }
    }

    public record LayerFailure(String layerDigest, String failureCode, String failureReason) {}

    private final KnownLayers known;

    BatchCheckLayerAvailability(KnownLayers known) {
        this.known = known;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var digests = input.layerDigests().stream().distinct().toList();
        var parsed =
                digests.stream().flatMap(text -> Digest.find(text).stream()).toList();
        var stored = known.find(caller.registry(input.registryId()), input.repositoryName(), parsed);
        var layers = new ArrayList<Layer>();
        var failures = new ArrayList<LayerFailure>();
        for (var text : digests) {
            if (!Digest.isOfTheModel(text)) {
                failures.add(failure(text));
            } else {
                layers.add(Digest.find(text).map(stored::get).map(Layer::of).orElseGet(() -> Layer.unavailable(text)));
            }
        }
        return new Output(layers, failures);
    }

    private static LayerFailure failure(String text) {
        return text.isEmpty()
                ? new LayerFailure(
                        text, "MissingLayerDigest", "Invalid request parameters: layer digest cannot be null")
                : new LayerFailure(
                        text,
                        "InvalidLayerDigest",
                        "Invalid request parameters: layer digest should satisfy the regex '%s'"
                                .formatted(Digest.MODEL_GRAMMAR));
    }
}
