package entrepot.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.Limits;
import entrepot.domain.TagMutability;
import entrepot.operation.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `PUT manifests/<digest>?tag=a&tag=b`: all of the tags or none.
class TagParametersTest {

    @AutoClose
    private final OciRegistry registry = new OciRegistry(new Limits(
            new Limits.OfRegistry(10, 10, 10),
            new Limits.OfImage(100, 10),
            new Limits.OfLayer(10, 1 << 20),
            new Limits.OfPrincipal(10, 1 << 30),
            4 << 20));

    private final Pushes push = new Pushes(registry, "app");

    @BeforeEach
    void create() {
        registry.create("app");
    }

    private static String digest(String manifest) {
        return Pushes.digest(manifest.getBytes(UTF_8)).toString();
    }

    private List<String> tags() {
        var tags = new ArrayList<String>();
        registry.ask("GET", "/v2/app/tags/list").send().json().path("tags").forEach(tag -> tags.add(tag.asString()));
        return tags;
    }

    private String pointsAt(String tag) {
        return registry.ask("HEAD", "/v2/app/manifests/" + tag)
                .send()
                .mustBe(200)
                .header("Docker-Content-Digest");
    }

    private static List<String> named(Reply reply) {
        return reply.response().headers().all("OCI-Tag");
    }

    @Test
    void all_tags_point_at_the_image_and_the_answer_names_each_once() {
        var manifest = push.image("layer");

        var reply =
                push.manifest(digest(manifest) + "?tag=a&tag=b&tag=a", manifest).mustBe(201);

        assertThat(named(reply)).containsExactly("a", "b");
        assertThat(reply.header("Docker-Content-Digest")).isEqualTo(digest(manifest));
        assertThat(tags()).containsExactly("a", "b");
        assertThat(pointsAt("b")).isEqualTo(digest(manifest));
    }

    @Test
    void a_repetition_succeeds_and_adds_what_is_new() {
        var manifest = push.image("layer");
        push.manifest(digest(manifest) + "?tag=a", manifest).mustBe(201);
        push.manifest(digest(manifest) + "?tag=a", manifest).mustBe(201);

        assertThat(named(push.manifest(digest(manifest) + "?tag=a&tag=c", manifest)
                        .mustBe(201)))
                .containsExactly("a", "c");
        assertThat(tags()).containsExactly("a", "c");
    }

    @Test
    void a_manifest_under_sha512_is_tagged_under_it() {
        var manifest = push.image("layer");
        var digest =
                Pushes.digest(Digest.Algorithm.SHA512, manifest.getBytes(UTF_8)).toString();

        var reply = push.manifest(digest + "?tag=long", manifest).mustBe(201);

        assertThat(reply.header("Docker-Content-Digest")).isEqualTo(digest);
        assertThat(reply.header("Location")).endsWith(digest);
        assertThat(pointsAt("long")).isEqualTo(digest);
    }

    @Test
    void one_that_is_no_tag_refuses_all() {
        var manifest = push.image("layer");

        for (var bad : new String[] {"-", "", "a%2Fb", "x".repeat(129), "sha256:a"}) {
            assertThat(push.manifest(digest(manifest) + "?tag=good&tag=" + bad, manifest)
                            .problem())
                    .isEqualTo("400 TAG_INVALID");
        }
        assertThat(tags()).isEmpty();
        assertThat(registry.ask("GET", "/v2/app/manifests/" + digest(manifest))
                        .send()
                        .status())
                .isEqualTo(404);
    }

    @Test
    void one_that_may_not_move_refuses_all() {
        registry.create("fixed", TagMutability.Mode.IMMUTABLE);
        var fixed = new Pushes(registry, "fixed");
        var first = fixed.image("first");
        fixed.manifest("b", first).mustBe(201);
        var second = fixed.image("second");

        assertThat(fixed.manifest(digest(second) + "?tag=a&tag=b&tag=c", second).problem())
                .isEqualTo("400 TAG_INVALID");
        assertThat(registry.ask("GET", "/v2/fixed/tags/list").send().text()).contains("[\"b\"]");
        assertThat(registry.ask("GET", "/v2/fixed/manifests/" + digest(second))
                        .send()
                        .status())
                .isEqualTo(404);
        fixed.manifest(digest(first) + "?tag=b&tag=d", first).mustBe(201);
    }

    @Test
    void too_many_at_once_or_for_the_image_refuse_all() {
        var manifest = push.image("layer");

        assertThat(push.manifest(digest(manifest) + query(0, 101), manifest).problem())
                .isEqualTo("414 TAG_INVALID");
        push.manifest(digest(manifest) + query(0, 90), manifest).mustBe(201);
        assertThat(push.manifest(digest(manifest) + query(90, 101), manifest).problem())
                .isEqualTo("403 DENIED");
        assertThat(tags()).hasSize(90);
        push.manifest(digest(manifest) + query(80, 100), manifest).mustBe(201);
        assertThat(tags()).hasSize(100);
    }

    @Test
    void a_tag_in_the_path_is_one_of_them() {
        var manifest = push.image("layer");
        push.manifest("a?tag=b&tag=a", manifest).mustBe(201);

        assertThat(tags()).containsExactly("a", "b");
    }

    /// Whoever wins, no tag is left with the other one's image.
    @Test
    void two_pushes_of_the_same_tags_at_once_do_not_mix() {
        var manifests = List.of(push.image("one"), push.image("two"));
        for (int round = 0; round < 20; round++) {
            Together.call(8, i -> () -> {
                var manifest = manifests.get(i % 2);
                return push.manifest(digest(manifest) + query(0, 10), manifest).mustBe(201);
            });
            assertThat(IntStream.range(0, 10).mapToObj(i -> pointsAt("t" + i)).distinct())
                    .hasSize(1);
        }
    }

    private static String query(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "tag=t" + i).collect(Collectors.joining("&", "?", ""));
    }
}
