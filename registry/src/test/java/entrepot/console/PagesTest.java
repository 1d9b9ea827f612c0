package entrepot.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.server.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.model.Tag;

class PagesTest {

    private static final String APP = "team/app";
    private static final String HERE = "/console/us-east-1/";
    private static final String SCRIPT =
            "</textarea></pre></title>'\"><script>alert(1)</script><img src=x onerror=alert(1)>";
    private static final Pattern ACTIVE = Pattern.compile("<script>alert|<img src=x");

    private static RunningServer server;
    private static Browser root;
    private static String image;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        server = RunningServer.start(data, Map.of());
        server.ecr()
                .createRepository(r -> r.repositoryName(APP)
                        .tags(Tag.builder().key("owner").value("a < b & c").build()));
        root = Browser.root(server);
        image = push("v1", SCRIPT);
    }

    @AfterAll
    static void stop() throws IOException {
        root.close();
        server.close();
    }

    /// An image whose every text that may be anything is this one, and something that refers to it.
    private static String push(String tag, String text) {
        var escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
        var config = server.push(APP, """
                {"architecture":"amd64","os":"linux","config":{"Labels":{"a":"%1$s"},"Cmd":["%1$s"],"User":"%1$s"},
                 "history":[{"created_by":"%1$s"},{"created_by":"RUN b","empty_layer":true}]}""".formatted(escaped).getBytes(UTF_8));
        var layer = server.push(APP, "one layer".getBytes(UTF_8));
        var manifest = """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
                 "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},
                 "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":9}],
                 "annotations":{"note":"%s","%s":"b"}}""".formatted(config, size(escaped), layer, escaped, escaped);
        var digest = put(manifest, tag);
        put("""
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
                 "artifactType":"application/vnd.example.sbom",
                 "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},
                 "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":9}],
                 "subject":{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s","size":%d},
                 "annotations":{"note":"%s"}}""".formatted(config, size(escaped), layer, digest, manifest.getBytes(UTF_8).length, escaped), "sbom");
        return digest;
    }

    private static int size(String escaped) {
        return """
                {"architecture":"amd64","os":"linux","config":{"Labels":{"a":"%1$s"},"Cmd":["%1$s"],"User":"%1$s"},
                 "history":[{"created_by":"%1$s"},{"created_by":"RUN b","empty_layer":true}]}""".formatted(escaped).getBytes(UTF_8).length;
    }

    private static String put(String manifest, String tag) {
        return put(APP, manifest, tag, "manifest");
    }

    private static String put(String repository, String manifest, String tag, String kind) {
        var answer = server.send(
                "PUT",
                "/v2/" + repository + "/manifests/" + tag,
                manifest.getBytes(UTF_8),
                "Content-Type",
                "application/vnd.oci.image." + kind + ".v1+json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new ManifestBytes(manifest.getBytes(UTF_8))
                .digest(Digest.Algorithm.SHA256)
                .toString();
    }

    @Test
    void of_a_long_index_a_row_says_no_platforms() {
        server.ecr().createRepository(r -> r.repositoryName("team/indexes"));
        index("linux/s390x", 1);
        index("linux/riscv64", 200 << 10);

        assertThat(root.get(HERE + "repository?name=team/indexes").body())
                .contains("linux/s390x")
                .doesNotContain("linux/riscv64");
    }

    private static void index(String platform, int length) {
        var child = "{}".getBytes(UTF_8);
        var manifest = """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
                 "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":2},"layers":[]}""".formatted(server.push("team/indexes", child));
        var digest = put("team/indexes", manifest, "child", "manifest");
        put(
                "team/indexes",
                """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[
                 {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s","size":%d,
                  "platform":{"os":"linux","architecture":"%s"}}],"annotations":{"a":"%s"}}""".formatted(digest, manifest.length(), platform.split("/", -1)[1], "a".repeat(length)),
                "t" + length,
                "index");
    }

    @Test
    void a_configuration_of_very_many_parts_is_not_read() {
        assertThat(ofConfiguration("fine", 10)).contains("linux/s390x");
        assertThat(ofConfiguration("many", 340_000)).doesNotContain("linux/s390x");
    }

    private static String ofConfiguration(String tag, int parts) {
        var config = """
                {"os":"linux","architecture":"s390x","x":[0%s]}""".formatted(",0".repeat(parts)).getBytes(UTF_8);
        put(APP, """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","layers":[],
                 "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d}}""".formatted(server.push(APP, config), config.length), tag, "manifest");
        var page = root.get(HERE + "image?name=team/app&digest=" + tag);
        assertThat(page.statusCode()).isEqualTo(200);
        return page.body();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "repositories",
                "repository?name=team/app",
                "settings?name=team/app",
                "policy?name=team/app",
                "lifecycle?name=team/app",
                "image?name=team/app&digest=v1",
                "confirm?name=team/app&act=delete-tag&tag=v1",
                "confirm?name=team/app&act=delete-image&digest=v1",
                "confirm?name=team/app&act=tag&digest=v1&tag=v2",
                "confirm?name=team/app&act=scan&digest=v1",
                "confirm?name=team/app&act=mutability&mode=IMMUTABLE",
                "confirm?name=team/app&act=scan-on-push&on=yes",
                "confirm?name=team/app&act=delete-repository",
                "confirm?name=team/other&act=create-repository",
                "confirm?name=team/app&act=delete-policy",
                "confirm?act=delete-registry-policy",
                "confirm?name=team/gone&act=undelete-repository",
                "registry",
                "registry-settings",
                "users",
                "gone",
                "who-may"
            })
    void every_page_is_there_and_safe(String path) {
        var page = root.get(HERE + path);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .doesNotContainPattern(ACTIVE)
                .doesNotContain("style=", "http://www")
                .hasSizeLessThan(50_000);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none';")
                .contains("frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
    }

    @Test
    void what_was_stored_is_shown_as_text() {
        var page = root.get(HERE + "image?name=team/app&digest=v1").body();

        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "linux/amd64", "application/vnd.example.sbom")
                .contains("docker pull localhost:");
        assertThat(root.get(HERE + "settings?name=team/app").body()).contains("a &lt; b &amp; c");
    }

    @Test
    void policies_are_shown_as_text() {
        server.ecr().putLifecyclePolicy(r -> r.repositoryName(APP).lifecyclePolicyText("""
                {"rules":[{"rulePriority":1,"description":"</textarea><script>alert(1)</script>",
                 "selection":{"tagStatus":"untagged","countType":"imageCountMoreThan","countNumber":5},
                 "action":{"type":"expire"}}]}"""));
        server.ecr().setRepositoryPolicy(r -> r.repositoryName(APP).policyText("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"ecr:DeleteRepository",
                 "Condition":{"StringEquals":{"aws:UserAgent":"</textarea><script>alert(1)</script>"}}}]}"""));

        assertThat(root.get(HERE + "lifecycle?name=team/app").body())
                .contains("&lt;/textarea&gt;&lt;script&gt;")
                .doesNotContainPattern(ACTIVE);
        assertThat(root.get(HERE + "policy?name=team/app").body())
                .contains("&lt;/textarea&gt;&lt;script&gt;")
                .doesNotContainPattern(ACTIVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "repositories?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
                "repositories?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&match=part&sort=newest",
                "repositories?after=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
                "repositories?from=99999999999999999999&sort=newest",
                "repositories?from=-1&sort=newest",
                "repositories?q=%FF%FE%C0%80",
                "repositories?q=%00",
                "repositories?after=%ED%A0%80",
                "repositories?q=" + "%E2%82%AC",
                "repository?name=team/app&from=99999999999999999999",
                "repository?name=team/app&from=-99999",
                "repository?name=team/app&from=a",
                "users?after=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
                "users?after=%FF%FE%C0%80",
                "users?after=-99999999999999999999",
                "who-may?who=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&action=%3Cscript%3E&resource=%ED%A0%80",
                "who-may?who=arn:aws:iam::000000000000:root",
                "who-may?who=nobody&resource=arn:aws:ecr:us-east-1:000000000000:repository/A%20b",
                "repository?name=team/app&find=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
                "repository?name=team/app&find=sha256:0",
                "repository?name=team/app&done=%3Cscript%3Ealert(1)%3C/script%3E"
            })
    void whatever_is_asked_for_there_is_an_answer(String path) {
        var page = root.get(HERE + path);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).doesNotContainPattern(ACTIVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "repository",
                "repository?name=%FF",
                "repository?name=A%20b",
                "repository?name=../etc",
                "repository?name=team/app&after=broken",
                "image?name=team/app",
                "image?name=team/app&digest=sha256:zz",
                "image?name=team/app&digest=%3Cscript%3Ealert(1)%3C/script%3E",
                "findings?name=team/app&digest=v1&after=-1",
                "confirm?name=team/app&act=mutability&mode=x",
                "confirm?name=team/app&act=tag&digest=v1&tag=%3Cscript%3E"
            })
    void what_cannot_be_is_refused_in_words(String path) {
        var page = root.get(HERE + path);

        assertThat(page.statusCode()).as(page.body()).isIn(400, 404, 200);
        assertThat(page.body()).contains("role=\"alert\"", "Exception").doesNotContainPattern(ACTIVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/us-east-1/nothing",
                "/console/nowhere/",
                "/console/us-east-1",
                "/console/us-east-1/confirm?name=team/app&act=nothing",
                "/console/assets/../console.css",
                "/console/assets/Console.class"
            })
    void what_there_is_not_is_not_found(String path) {
        assertThat(root.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void a_region_is_chosen() {
        assertThat(root.get("/console/?region=eu-west-1").headers().firstValue("Location"))
                .contains("/console/eu-west-1/");
        assertThat(root.get("/console/?region=%22%3E").headers().firstValue("Location"))
                .contains("/console/us-east-1/");
        assertThat(root.get("/console/eu-west-1/repositories").body()).contains("no repository here yet");
    }

    @Test
    void a_repository_is_found_by_any_part_of_its_name() {
        for (int i = 0; i < 90; i++) {
            var name = "many/of-them-%03d".formatted(i);
            server.ecr().createRepository(r -> r.repositoryName(name));
        }

        var first = root.get(HERE + "repositories?q=many/").body();
        assertThat(first)
                .contains("of-them-000", "of-them-039", "after=many/of-them-039")
                .doesNotContain("of-them-040", APP);
        assertThat(root.get(HERE + "repositories?q=many/&after=many/of-them-079")
                        .body())
                .contains("of-them-080", "of-them-089")
                .doesNotContain("Next");
        assertThat(root.get(HERE + "repositories?q=them-04&match=part").body())
                .contains("of-them-040", "of-them-049")
                .doesNotContain("of-them-050", "Next");
        assertThat(root.get(HERE + "repositories?sort=newest").body())
                .contains("of-them-089")
                .doesNotContain(APP);
        assertThat(root.get(HERE + "repositories?q=none").body()).contains("No name matches");
    }

    @Test
    void nothing_of_another_address_is_named() {
        assertThat(image).startsWith("sha256:");
        for (var asset : new String[] {"console.css", "copy.js", "icon.svg"}) {
            var text = root.get("/console/assets/" + asset);
            assertThat(text.statusCode()).isEqualTo(200);
            assertThat(text.body().replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
                    .doesNotContain("://");
        }
    }
}
