package entrepot.operation.layer;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredLayer;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.PullThrough;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final PullThrough elsewhere;

    BatchCheckLayerAvailability(KnownLayers known, PullThrough elsewhere) {
        this.known = known;
        this.elsewhere = elsewhere;
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
                layers.add(Digest.find(text)
                        .map(stored::get)
                        .map(Layer::of)
                        .or(() -> law.looksUpstreamForLayers() ? elsewhere(caller, input, text) : Optional.empty())
                        .orElseGet(() -> Layer.unavailable(text)));
            }
        }
        return new Output(layers, failures);
    }

    /// One that is on its way here. What cannot be had is not there, as for who is about to push it.
    private Optional<Layer> elsewhere(Caller caller, Input input, String text) {
        var registry = caller.registry(input.registryId());
        var pull = new PullThrough.Pull(caller, this, registry, input.repositoryName());
        try {
            return Digest.find(text)
                    .flatMap(digest -> elsewhere.layer(pull, digest).flatMap(layer -> switch (layer) {
                        case PullThrough.Layer.Here _ -> found(registry, input.repositoryName(), digest);
                        case PullThrough.Layer.Coming coming ->
                            Optional.of(new Layer(text, Layer.AVAILABLE, coming.size(), null));
                    }));
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }

    private Optional<Layer> found(RegistryId registry, RepositoryName name, Digest digest) {
        return Optional.ofNullable(known.find(registry, name, List.of(digest)).get(digest))
                .map(Layer::of);
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
