package entrepot.operation.lifecycle;

import static entrepot.operation.World.APP;

import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.operation.AuditEvent;
import entrepot.operation.AuditTrail;
import entrepot.operation.Deed;
import entrepot.operation.Images;
import entrepot.operation.World;
import entrepot.operation.image.ListImages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Repositories with lifecycle policies.
final class Lifecycles implements AutoCloseable {

    static final Duration DAY = Duration.ofDays(1);

    final World world = World.withApp();
    final Images images = Images.into(world, APP);
    final LifecycleRun run = new LifecycleRun(
            world.metadata, world.clock, AuditTrail.NONE, (_, change) -> world.changes.add(change), DAY);
    final List<Deed> deeds = new ArrayList<>();

    /// Keeps what it is told in [#deeds].
    final AuditTrail audit = new AuditTrail() {
        @Override
        public void record(AuditEvent event) {}

        @Override
        public void record(Deed deed) {
            deeds.add(deed);
        }
    };

    final PreviewWork previews = new PreviewWork(world.metadata, world.clock);

    /// All that are selected by this, and more than that, expire.
    static String policy(String selection) {
        return policyOf(rule(1, selection));
    }

    static String policyOf(String... rules) {
        return "{\"rules\":[%s]}".formatted(String.join(",", rules));
    }

    static String rule(int priority, String selection) {
        return "{\"rulePriority\":%d,\"selection\":{%s},\"action\":{\"type\":\"expire\"}}"
                .formatted(priority, selection.replace('\'', '"'));
    }

    static final String OLDER_THAN_A_DAY =
            policy("'tagStatus':'any','countType':'sinceImagePushed','countUnit':'days','countNumber':1");

    static final String ONE_STAYS = policy("'tagStatus':'any','countType':'imageCountMoreThan','countNumber':1");

    void put(String policy) {
        world.call(world.the(PutLifecyclePolicy.class), new PutLifecyclePolicy.Input(null, APP, policy));
    }

    GetLifecyclePolicy.Output get() {
        return world.call(world.the(GetLifecyclePolicy.class), new GetLifecyclePolicy.Input(null, APP));
    }

    DeleteLifecyclePolicy.Output delete() {
        return world.call(world.the(DeleteLifecyclePolicy.class), new DeleteLifecyclePolicy.Input(null, APP));
    }

    StartLifecyclePolicyPreview.Output start(@Nullable String policy) {
        return world.call(
                world.the(StartLifecyclePolicyPreview.class), new StartLifecyclePolicyPreview.Input(null, APP, policy));
    }

    GetLifecyclePolicyPreview.Output preview() {
        return preview(new GetLifecyclePolicyPreview.Input(null, APP, null, null, null, null));
    }

    GetLifecyclePolicyPreview.Output preview(GetLifecyclePolicyPreview.Input input) {
        return world.call(world.the(GetLifecyclePolicyPreview.class), input);
    }

    /// What the job does.
    void makePreviews() {
        previews.open(10).forEach(previews::make);
    }

    OptionalInt run() {
        return run(run);
    }

    OptionalInt run(LifecycleRun run) {
        try (var turn = RunTurn.take(world.metadata).orElseThrow()) {
            return run.run(turn, world.repository(APP), "test");
        }
    }

    Digest push(String note, @Nullable String tag) {
        return images.put(APP, Images.image(note), tag);
    }

    Digest push(ManifestBytes manifest, @Nullable String tag) {
        return images.put(APP, manifest, tag);
    }

    /// Pushes an image, and waits until it is older than a day.
    Digest old(String note, @Nullable String tag) {
        var digest = push(note, tag);
        world.clock.move(DAY.plusMillis(1));
        return digest;
    }

    Set<Digest> all() {
        var input = new ListImages.Input(null, APP, null, 1_000, null);
        return world.call(world.the(ListImages.class), input).imageIds().stream()
                .map(id -> id.imageDigest())
                .collect(Collectors.toSet());
    }

    boolean has(Digest digest) {
        return images.has(APP, Images.byDigest(digest));
    }

    @Override
    public void close() {
        world.close();
    }
}
