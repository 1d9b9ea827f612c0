package entrepot.oci;

import static entrepot.oci.Pushes.OCI_INDEX;
import static entrepot.oci.Pushes.OCI_MANIFEST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.Tag;
import entrepot.operation.image.ListImages;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReferrersTest {

    private static final Digest SUBJECT = Pushes.digest("subject".getBytes(UTF_8));
    private static final String REFERRERS = "/v2/team/app/referrers/" + SUBJECT;

    @AutoClose
    private final OciRegistry registry = new OciRegistry();

    private final Pushes push = new Pushes(registry, "team/app");

    @BeforeEach
    void create() {
        registry.create("team/app");
        push.blob("{}");
        push.blob("signature");
    }

    private Reply get(String target) {
        return registry.ask("GET", target).send();
    }

    private static String about(String more) {
        return Pushes.manifest(
                "{}".getBytes(UTF_8),
                "signature".getBytes(UTF_8),
                ",\"subject\":{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":1}%s"
                        .formatted(OCI_MANIFEST, SUBJECT, more));
    }

    private static String typed(String type, int number) {
        return about(",\"artifactType\":\"%s\",\"annotations\":{\"n\":\"%d\"}".formatted(type, number));
    }

    /// Pushes by digest, as clients do.
    private String pushed(String manifest) {
        var digest = Pushes.digest(manifest.getBytes(UTF_8)).toString();
        assertThat(push.manifest(digest, manifest).mustBe(201).header("OCI-Subject"))
                .isEqualTo(SUBJECT.toString());
        return digest;
    }

    @Test
    void a_subject_that_nobody_knows_has_an_empty_index() {
        for (var method : new String[] {"GET", "HEAD"}) {
            var reply = registry.ask(method, REFERRERS).send().mustBe(200);

            assertThat(reply.header("Content-Type")).isEqualTo(OCI_INDEX);
            assertThat(reply.header("OCI-Filters-Applied")).isEmpty();
            assertThat(reply.text())
                    .isEqualTo("{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[]}\n".formatted(OCI_INDEX));
        }
    }

    @Test
    void a_referrer_is_a_descriptor_with_its_type_and_annotations() {
        var manifest = typed("application/x.signature", 1);
        var digest = pushed(manifest);

        assertThat(get(REFERRERS).text())
                .isEqualTo(("{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[{\"mediaType\":\"%s\","
                                + "\"digest\":\"%s\",\"size\":%d,\"artifactType\":\"application/x.signature\","
                                + "\"annotations\":{\"n\":\"1\"}}]}\n")
                        .formatted(OCI_INDEX, OCI_MANIFEST, digest, manifest.length()));
    }

    @Test
    void what_a_referrer_does_not_have_is_not_there() {
        var index = "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[],\"subject\":%s}"
                .formatted(
                        OCI_INDEX,
                        "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":1}".formatted(OCI_MANIFEST, SUBJECT));
        push.manifest("v1", index, OCI_INDEX).mustBe(201);

        var entry = get(REFERRERS).json().path("manifests").path(0);

        assertThat(entry.path("mediaType").asString()).isEqualTo(OCI_INDEX);
        assertThat(entry.has("artifactType")).isFalse();
        assertThat(entry.has("annotations")).isFalse();
    }

    @Test
    void a_type_filters_and_the_answer_says_so() {
        var a = pushed(typed("application/vnd.a+json", 1));
        pushed(typed("application/vnd.b", 2));

        var reply = get(REFERRERS + "?artifactType=application%2Fvnd.a%2Bjson");

        assertThat(digests(reply)).containsExactly(a);
        assertThat(reply.header("OCI-Filters-Applied")).isEqualTo("artifactType");
        assertThat(digests(get(REFERRERS + "?artifactType=application/none"))).isEmpty();
        assertThat(digests(get(REFERRERS + "?artifactType="))).hasSize(2);
        assertThat(get(REFERRERS + "?artifactType=").header("OCI-Filters-Applied"))
                .isEmpty();
    }

    @Test
    void a_plus_in_a_type_is_a_plus() {
        var a = pushed(typed("application/spdx+json", 1));
        pushed(typed("application/vnd.b", 2));

        assertThat(digests(get(REFERRERS + "?artifactType=application/spdx+json")))
                .containsExactly(a);
        assertThat(digests(get(REFERRERS + "?artifactType=application%2Fspdx%2bjson")))
                .containsExactly(a);
        assertThat(digests(get(REFERRERS + "?artifactType=application/spdx%20json")))
                .isEmpty();
    }

    @Test
    void a_link_keeps_the_blanks_of_a_type() {
        var type = "application/a+json; version=1";
        var all = IntStream.range(0, 3).mapToObj(i -> pushed(typed(type, i))).toList();

        var page = get(REFERRERS + "?n=1&artifactType=application/a+json;%20version=1");
        assertThat(page.header("Link")).contains("?artifactType=application%2Fa%2Bjson%3B%20version%3D1&n=1&");
        assertThat(follow(REFERRERS + "?n=1&artifactType=application/a+json;%20version=1"))
                .isEqualTo(all);
    }

    @Test
    void a_link_leads_to_the_next_page_with_the_same_filter() {
        var all = IntStream.range(0, 5)
                .mapToObj(i -> pushed(typed("application/vnd.a+json", i)))
                .toList();
        pushed(typed("application/vnd.b", 5));

        assertThat(follow(REFERRERS + "?n=2&artifactType=application/vnd.a%2Bjson"))
                .isEqualTo(all);
        assertThat(follow(REFERRERS + "?n=1")).hasSize(6);
        assertThat(get(REFERRERS).header("Link")).isEmpty();
    }

    @Test
    void annotations_too_large_for_one_page_make_two() {
        var note = "\u00fc".repeat(400_000);
        var all = IntStream.range(0, 3)
                .mapToObj(i -> pushed(about(",\"annotations\":{\"%d\":\"%s\"}".formatted(i, note))))
                .toList();

        assertThat(get(REFERRERS).bytes()).hasSizeLessThan(2 << 20);
        assertThat(follow(REFERRERS)).isEqualTo(all);
    }

    @Test
    void what_cannot_be_asked_for_is_refused() {
        assertThat(get("/v2/team/app/referrers/sha256:abc").problem()).isEqualTo("400 DIGEST_INVALID");
        assertThat(get("/v2/team/app/referrers/v1").problem()).isEqualTo("400 DIGEST_INVALID");
        assertThat(get("/v2/no/such/referrers/" + SUBJECT).problem()).isEqualTo("404 NAME_UNKNOWN");
        assertThat(get(REFERRERS + "?n=x").problem()).isEqualTo("400 PAGINATION_NUMBER_INVALID");
        for (var token : List.of("junk", "", "%00", "cmVmZXJyZXJzOng", ListImages.after(new Tag("v1")))) {
            assertThat(get(REFERRERS + "?nextToken=" + token).problem()).isEqualTo("400 UNSUPPORTED");
        }
        assertThat(get(REFERRERS
                                + "?artifactType=a"
                                        .concat("&artifactType=b&artifactType=c&artifactType=d")
                                        .concat("&artifactType=e&artifactType=f"))
                        .problem())
                .isEqualTo("400 UNSUPPORTED");
        assertThat(registry.ask("POST", REFERRERS).send().mustBe(405).header("Allow"))
                .isEqualTo("GET, HEAD");
        assertThat(registry.anonymously("GET", REFERRERS).send().status()).isEqualTo(401);
    }

    @Test
    void a_repository_may_be_called_referrers() {
        registry.create("x/referrers/y");
        assertThat(get("/v2/x/referrers/y/referrers/" + SUBJECT).status()).isEqualTo(200);
        assertThat(get("/v2/x/referrers/y/tags/list").status()).isEqualTo(200);
    }

    /// Older clients read and write an index under a tag made of the subject's digest.
    @Test
    void the_fallback_tag_works_beside_it() {
        var digest = pushed(typed("application/x.signature", 1));
        var fallback = SUBJECT.toString().replace(':', '-');
        push.manifest(fallback, Pushes.index(typed("application/x.signature", 1)), OCI_INDEX)
                .mustBe(201);

        assertThat(digests(get("/v2/team/app/manifests/" + fallback))).containsExactly(digest);
        assertThat(digests(get(REFERRERS))).containsExactly(digest);
    }

    private static List<String> digests(Reply reply) {
        var digests = new ArrayList<String>();
        reply.mustBe(200)
                .json()
                .path("manifests")
                .forEach(entry -> digests.add(entry.path("digest").asString()));
        return digests;
    }

    private List<String> follow(String target) {
        var all = new ArrayList<String>();
        for (var next = target; !next.isEmpty(); ) {
            var page = get(next);
            all.addAll(digests(page));
            var link = page.header("Link");
            assertThat(link).matches("|</v2/.*>; rel=\"next\"");
            next = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
        }
        return all;
    }
}
