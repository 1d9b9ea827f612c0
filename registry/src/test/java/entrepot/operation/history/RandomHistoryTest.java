package entrepot.operation.history;

import static entrepot.operation.Images.about;
import static entrepot.operation.Images.byDigest;
import static entrepot.operation.Images.byTag;
import static entrepot.operation.Images.digest;
import static entrepot.operation.Images.image;
import static entrepot.operation.Images.index;
import static entrepot.operation.World.APP;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Tag;
import entrepot.operation.Images;
import entrepot.operation.World;
import entrepot.operation.history.Histories.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random pushes, tags, deletions and undeletions of images, lists and what refers to them; then all that was there at
/// one moment is had back, and is as it was.
class RandomHistoryTest {

    private static final int STEPS = 60;
    private static final int MOMENTS = 4;
    private static final List<String> TAGS = List.of("a", "b", "c", "d");

    /// Some name others.
    private static final List<ManifestBytes> MANIFESTS = manifests();

    private record Moment(Instant at, Map<Digest, Seen> state, Map<Tag, Digest> tags) {}

    private static List<ManifestBytes> manifests() {
        var one = image("one");
        var two = image("two");
        var three = image("three");
        var list = index(one, two);
        var signature = about(digest(one), "signature", "");
        return List.of(
                one,
                two,
                three,
                list,
                index(list, three),
                signature,
                about(digest(list), "of the list", ""),
                about(digest(signature), "of the signature", ""));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void what_was_there_at_a_moment_can_be_had_back(long seed) {
        try (var world = World.withApp()) {
            var histories = Histories.in(world);
            var images = Images.into(world, APP);
            var random = new Random(seed);
            var moments = new ArrayList<Moment>();
            for (int step = 0; step < STEPS; step++) {
                step(world, images, histories, random);
                if (step % (STEPS / MOMENTS) == 0) {
                    moments.add(new Moment(world.clock.instant(), histories.state(APP), histories.tags(APP)));
                }
            }
            for (var moment : moments) {
                hadBack(world, histories, moment, "seed %d, %s".formatted(seed, moment.at()));
            }
        }
    }

    private static void step(World world, Images images, Histories histories, Random random) {
        world.clock.move(Duration.ofMillis(1));
        var manifest = MANIFESTS.get(random.nextInt(MANIFESTS.size()));
        var tag = TAGS.get(random.nextInt(TAGS.size()));
        switch (random.nextInt(6)) {
            case 0, 1 -> World.isTaken(() -> images.put(APP, manifest, tag));
            case 2 -> World.isTaken(() -> images.put(APP, manifest, null));
            case 3 -> images.delete(Law.OCI, APP, byTag(tag));
            case 4 -> images.delete(Law.ECR, APP, byDigest(digest(manifest)));
            default -> undelete(histories, manifest);
        }
    }

    private static void undelete(Histories histories, ManifestBytes manifest) {
        try {
            histories.undelete(digest(manifest));
        } catch (UndeleteException notDeleted) {
            // or never there
        }
    }

    /// What has a tag by its tag, and the rest by its digest.
    private static void hadBack(World world, Histories histories, Moment moment, String what) {
        world.clock.move(Duration.ofMillis(1));
        for (var tag : moment.tags().keySet()) {
            histories.undelete(tag.name(), moment.at());
        }
        for (var digest : moment.state().keySet()) {
            if (!histories.state(APP).containsKey(digest)) {
                histories.undelete(digest);
            }
        }
        var now = histories.state(APP);
        var tags = histories.tags(APP);
        var ofThem = new HashMap<Tag, Digest>();
        moment.tags().forEach((tag, _) -> ofThem.put(tag, tags.get(tag)));
        assertThat(ofThem).as(what).isEqualTo(moment.tags());
        moment.state().forEach((digest, seen) -> {
            var found = requireNonNull(now.get(digest), () -> what + ": " + digest);
            assertThat(found.manifest()).as(what).isEqualTo(seen.manifest());
            assertThat(found.image().subject()).as(what).isEqualTo(seen.image().subject());
            assertThat(found.image().imageSize())
                    .as(what)
                    .isEqualTo(seen.image().imageSize());
            assertThat(found.tags()).as(what).containsAll(seen.tags());
        });
    }
}
