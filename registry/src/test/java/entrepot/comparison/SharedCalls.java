package entrepot.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One of the clients that call at random about the same repository. What each call comes to depends on the others,
/// but it is never anything else than what may be.
final class SharedCalls {

    private static final int KEPT = 1;

    private final SharedRepository shared;
    private final int client;
    private final Random random;
    private final Pool pool;
    private int kept;

    SharedCalls(SharedRepository shared, int client, long seed) {
        this.shared = shared;
        this.client = client;
        this.random = new Random(seed);
        this.pool = new Pool(random);
    }

    void call() {
        switch (random.nextInt(9)) {
            case 0, 1 -> assertThat(shared.v2.push(shared.name, pool.layer())).isEqualTo("ok");
            case 2, 3 -> put(pool.image());
            case 4 -> put(pool.index(List.of(pool.image(), pool.image())));
            case 5 -> delete();
            case 6 -> deleteLayer();
            case 7 -> keep();
            default -> list();
        }
    }

    private Door door() {
        return pool.oneIn(2) ? shared.json : shared.v2;
    }

    private void put(ModelManifest manifest) {
        var tag = pool.oneIn(4) ? null : pool.tag();
        put(door(), manifest, tag);
    }

    private String put(Door door, ModelManifest manifest, @Nullable String tag) {
        if (tag != null) {
            shared.puts(tag, manifest);
        }
        var answer = door.put(shared.name, manifest, tag, null);
        allowed(
                door,
                answer,
                EnumSet.of(
                        Outcome.MANIFEST_THERE,
                        Outcome.MANIFEST_INVALID,
                        Outcome.LAYERS_ABSENT,
                        Outcome.CHILDREN_ABSENT,
                        Outcome.TOO_MANY));
        return answer;
    }

    private static void allowed(Door door, String answer, EnumSet<Outcome> outcomes) {
        outcomes.add(Outcome.DONE);
        assertThat(outcomes).extracting(outcome -> outcome.at(door.isJson())).contains(answer);
    }

    private void delete() {
        var door = door();
        var reference = pool.oneIn(2) ? pool.tag() : pool.image().digest();
        allowed(
                door,
                door.delete(shared.name, reference, new TreeSet<>()),
                EnumSet.of(Outcome.IMAGE_ABSENT, Outcome.IMAGE_REFERENCED));
    }

    private void deleteLayer() {
        var answer = shared.v2.deleteLayer(shared.name, ModelManifest.sha256(pool.layer()));
        allowed(shared.v2, answer, EnumSet.of(Outcome.LAYER_ABSENT, Outcome.LAYER_REFERENCED));
    }

    /// An image that nobody else knows.
    private void keep() {
        if (kept < KEPT) {
            var tag = "keep-" + client + "-" + kept;
            var image = ModelManifest.image(tag, "{}", List.of("a", "bb"));
            if (put(door(), image, tag).equals("ok")) {
                shared.keeps(tag, image);
                kept++;
            }
        }
    }

    /// Other pages may come from other moments, one page may not: its tags are in order, and once each.
    private void list() {
        var tags = door().tags(shared.name, ModelRepository.MOST_IMAGES * ModelRepository.MOST_TAGS);
        assertThat(tags).isSorted().doesNotHaveDuplicates();
        for (var i = 0; i < kept; i++) {
            assertThat(tags).contains("keep-" + client + "-" + i);
        }
    }
}
