package entrepot.job;

import static entrepot.operation.Images.CONFIG;
import static entrepot.operation.Images.byDigest;
import static entrepot.operation.Images.image;
import static entrepot.operation.Layers.sha256;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.GarbageRules;
import entrepot.domain.Law;
import entrepot.domain.RepositoryName;
import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.operation.World;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random pushes, answers, deletions and passes of time, beside a plain model of what is named: nothing that an image
/// names is lost, and in the end nothing else is left.
class RandomCollectionTest {

    private static final GarbageRules RULES = GarbageRules.USUAL;
    private static final Duration GRACE = RULES.grace().plus(RULES.slack());
    private static final List<RepositoryName> REPOSITORIES = List.of(APP, OTHER);
    private static final int LAYERS = 6;
    private static final int STEPS = 300;

    /// An image, and the one layer that is its own choice.
    private record Stored(RepositoryName repository, Digest digest, int layer) {}

    private record Layer(RepositoryName repository, int layer) {}

    private final List<Stored> stored = new ArrayList<>();
    private final Map<Layer, Duration> promises = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nothing_that_is_named_is_lost_and_nothing_else_is_left(long seed) throws IOException {
        try (var world = World.withApp()) {
            world.create(OTHER);
            var layers = new Layers(world);
            var images = new Images(world);
            var random = new Random(seed);
            for (int step = 0; step < STEPS; step++) {
                step(world, layers, images, random, "seed %d step %d".formatted(seed, step));
            }
            end(world);
        }
    }

    private void step(World world, Layers layers, Images images, Random random, String note) {
        var repository = REPOSITORIES.get(random.nextInt(REPOSITORIES.size()));
        var layer = random.nextInt(LAYERS);
        switch (random.nextInt(6)) {
            case 0, 1 -> push(layers, images, repository, layer, note);
            case 2 -> ask(layers, repository, layer);
            case 3 -> delete(images, random);
            case 4 -> pass(world, GRACE.dividedBy(1 + random.nextInt(8)));
            default -> collect(world);
        }
        stored.stream()
                .map(image -> new Layer(image.repository(), image.layer()))
                .distinct()
                .forEach(named -> assertThat(layers.bytes(named.repository(), sha256(bytes(named.layer()))))
                        .as(note)
                        .isEqualTo(bytes(named.layer())));
    }

    /// As clients do: what is there is not sent.
    private void push(Layers layers, Images images, RepositoryName repository, int layer, String note) {
        for (var bytes : List.of(CONFIG, bytes(layer))) {
            if (!promises.containsKey(new Layer(repository, layer)) && !layers.has(repository, sha256(bytes))) {
                layers.push(repository, bytes);
            }
        }
        if (!layers.has(repository, sha256(CONFIG))) {
            layers.push(repository, CONFIG);
        }
        var digest = images.put(repository, image(note, sha256(bytes(layer)), bytes(layer).length), null);
        stored.add(new Stored(repository, digest, layer));
    }

    private void ask(Layers layers, RepositoryName repository, int layer) {
        if (layers.has(repository, sha256(bytes(layer)))) {
            promises.put(new Layer(repository, layer), RULES.promise());
        }
    }

    private void delete(Images images, Random random) {
        if (!stored.isEmpty()) {
            var image = stored.remove(random.nextInt(stored.size()));
            images.delete(Law.ECR, image.repository(), byDigest(image.digest()));
        }
    }

    private void pass(World world, Duration time) {
        world.pass(time);
        promises.replaceAll((_, left) -> left.minus(time));
        promises.values().removeIf(left -> left.isNegative() || left.isZero());
    }

    private static void collect(World world) {
        new GarbageCollection(world.metadata, world.clock, RULES).runOnce();
        new DiscardedBlobs(world.metadata, world.blobs, world.clock).runOnce();
    }

    private void end(World world) throws IOException {
        pass(world, GRACE);
        collect(world);
        pass(world, GRACE);
        collect(world);
        var named = stored.stream().map(Stored::layer).distinct().count() + (stored.isEmpty() ? 0 : 1);
        try (var keys = world.blobs.keys()) {
            assertThat(keys.count()).isEqualTo(named);
        }
        assertThat(world.metadata.read(tx -> tx.garbage().totals()).waiting().blobs())
                .isZero();
    }

    private static byte[] bytes(int layer) {
        return ("layer " + layer).getBytes(UTF_8);
    }
}
