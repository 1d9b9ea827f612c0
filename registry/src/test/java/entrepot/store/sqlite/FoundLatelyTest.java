package entrepot.store.sqlite;

import static entrepot.operation.Images.byDigest;
import static entrepot.operation.Images.byTag;
import static entrepot.operation.Images.digest;
import static entrepot.operation.Images.image;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Haste;
import entrepot.domain.Law;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RegistryException;
import entrepot.operation.Images;
import entrepot.operation.LatelyFound;
import entrepot.operation.World;
import entrepot.operation.image.BatchGetImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Manifests that were found lately are as good as those that are looked for: what was written is seen at once.
class FoundLatelyTest {

    private static final ManifestBytes ONE = image("one");
    private static final ManifestBytes TWO = image("two");

    @AutoClose
    private World world;

    private Images images;

    @BeforeEach
    void push_one_and_get_it(@TempDir Path folder) {
        world = World.on(SqliteMetadataStore.open(folder.resolve("metadata.db")));
        images = Images.into(world, APP);
        images.put(APP, ONE, "v1");
        assertThat(tagged()).isEqualTo(ONE);
        assertThat(tagged()).isEqualTo(ONE);
    }

    private ManifestBytes tagged() {
        return (ManifestBytes) images.get(APP, byTag("v1")).images().getFirst().imageManifest();
    }

    @Test
    void a_tag_that_moves_is_seen_at_once() {
        images.put(APP, TWO, "v1");

        assertThat(tagged()).isEqualTo(TWO);
    }

    @Test
    void an_image_that_is_deleted_is_gone_at_once() {
        assertThat(images.has(APP, byDigest(digest(ONE)))).isTrue();

        images.delete(Law.ECR, APP, byTag("v1"));

        assertThat(images.has(APP, byTag("v1"))).isFalse();
        assertThat(images.has(APP, byDigest(digest(ONE)))).isFalse();
    }

    @Test
    void an_image_of_one_repository_is_not_in_another() {
        world.create(OTHER);

        assertThat(images.has(APP, byDigest(digest(ONE)))).isTrue();
        assertThat(images.has(OTHER, byDigest(digest(ONE)))).isFalse();
    }

    @Test
    void nobody_gets_what_they_may_not() {
        var stranger = world.user(World.ID.account(), "ann");
        var input = new BatchGetImage.Input(World.ID.account(), APP, List.of(byTag("v1")), null);

        assertThat(tagged()).isEqualTo(ONE);
        assertThat(World.refusal(() -> world.call(stranger, images.get, input)))
                .contains("is not authorized to perform: ecr:BatchGetImage");
    }

    @Test
    void in_haste_only_what_was_found_lately_is_given_and_told_once() {
        var told = 0;
        var attempts = 10; // what was found is known for a second, which may be over
        do {
            tagged();
            told = world.audit.size();
        } while (!isGivenInHaste() && --attempts > 0);
        assertThat(attempts).isPositive();
        assertThat(world.audit).hasSize(told + 1);

        images.put(APP, TWO, "v2");
        told = world.audit.size();
        assertThat(isGivenInHaste()).isFalse();
        assertThat(world.audit).hasSize(told);
    }

    /// What is known for a second only, such as the rules for other registries, is asked for by who has time.
    @Test
    void in_haste_an_image_is_given_by_its_digest_once_somebody_had_time_for_it() throws InterruptedException {
        given();
        Thread.sleep(1_100);

        assertThat(IntStream.range(0, 10).anyMatch(_ -> given().equals(ONE) && isGivenInHaste(this::given)))
                .isTrue();
    }

    private ManifestBytes given() {
        return (ManifestBytes)
                images.get(APP, byDigest(digest(ONE))).images().getFirst().imageManifest();
    }

    private boolean isGivenInHaste() {
        return isGivenInHaste(this::tagged);
    }

    private static boolean isGivenInHaste(Supplier<ManifestBytes> work) {
        var got = new AtomicReference<ManifestBytes>();
        try {
            Haste.during(() -> got.set(work.get()));
        } catch (Haste.Late e) {
            return false;
        }
        return Optional.ofNullable(got.get()).filter(ONE::equals).isPresent();
    }

    @Test
    void what_was_found_in_haste_is_the_same_to_its_end() {
        var tags = new LatelyFound<String, Integer>(world.metadata, 10, (_, _) -> Optional.of(tagged().hashCode()));

        Haste.during(() -> {
            Haste.keep(tags, "v1", 1);
            assertThat(Haste.kept(tags, "v1")).isEmpty();
            Haste.end();
            assertThat(tags.find("v1")).contains(1);
        });
        assertThat(tags.find("v1")).contains(ONE.hashCode());
    }

    @Test
    void what_is_answered_never_goes_back_while_tags_move() throws InterruptedException {
        var pushed = new AtomicInteger();
        var over = new AtomicBoolean();
        var failure = new AtomicReference<String>();
        var readers = List.of(reader(pushed, over, failure), reader(pushed, over, failure));
        for (var i = 1; i <= 50; i++) {
            images.put(APP, image("note " + i), "moving");
            pushed.set(i);
        }
        over.set(true);
        for (var reader : readers) {
            reader.join();
        }
        assertThat(failure.get()).isNull();
    }

    private Thread reader(AtomicInteger pushed, AtomicBoolean over, AtomicReference<String> failure) {
        return Thread.ofVirtual().start(() -> {
            var last = 0;
            while (!over.get()) {
                var least = Math.max(last, pushed.get());
                last = note();
                if (last < least) {
                    failure.set(last + " was given after " + least);
                }
            }
        });
    }

    private int note() {
        try {
            var got = images.get(APP, byTag("moving")).images();
            return got.isEmpty() ? 0 : number((ManifestBytes) got.getFirst().imageManifest());
        } catch (RegistryException e) {
            return 0;
        }
    }

    private static int number(ManifestBytes manifest) {
        var text = manifest.text();
        var from = text.indexOf("note ") + 5;
        return Integer.parseInt(text.substring(from, text.indexOf('"', from)));
    }
}
