package entrepot.transfer;

import static entrepot.transfer.Images.about;
import static entrepot.transfer.Images.bytes;
import static entrepot.transfer.Images.digest;
import static entrepot.transfer.Images.image;
import static entrepot.transfer.Images.index;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Content;
import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.domain.Reference;
import entrepot.domain.Tag;
import entrepot.server.RunningServer;
import entrepot.upstream.Login;
import entrepot.upstream.UpstreamManifest;
import entrepot.upstream.UpstreamRegistry;
import entrepot.upstream.wire.Connections;
import entrepot.upstream.wire.Targets;
import entrepot.upstream.wire.Timing;
import entrepot.upstream.wire.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {

    @TempDir
    Path folder;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder.resolve("target"), Map.of());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static Connections connections(RunningServer to) throws IOException {
        return new Connections(Targets.allowing("localhost:" + to.url("/").getPort()), Trust.with(null), Timing.USUAL);
    }

    private static Login.Ecr login(RunningServer to) throws IOException {
        var key = to.rootKey();
        return new Login.Ecr(to.url("/"), "us-east-1", new Login.AwsKey(key.id(), key.secret(), null));
    }

    private static UpstreamRegistry client(RunningServer to) throws IOException {
        return new UpstreamRegistry(to.url("/"), login(to), connections(to), InstantSource.system());
    }

    private Tally run(Source source, String prefix, Selection selection) throws Exception {
        var sender = connections(server);
        var target = new Target(server.url("/"), login(server), sender, sender, InstantSource.system());
        return new Import(target, prefix, selection, 4, new Said()).run(source);
    }

    private Tally run(Source source, String prefix) throws Exception {
        return run(source, prefix, Selection.ALL);
    }

    private int status(String path) {
        return server.get(path).statusCode();
    }

    private String tags(String repository) {
        return server.get("/v2/" + repository + "/tags/list").body();
    }

    @Test
    void brings_tags_children_and_what_refers_to_them_from_another_registry() throws Exception {
        try (var other = RunningServer.start(folder.resolve("other"), Map.of("create-on-push", "true"))) {
            var child = image("layer", "");
            var list = index(child);
            var signature = image("signature", about(list));
            Images.push(other, "lib/app", "", child, "layer");
            Images.push(other, "lib/app", "v1", list);
            Images.push(other, "lib/app", "v2", list);
            Images.push(other, "lib/app", "", signature, "signature");

            var first = run(new RemoteSource(client(other), "lib/app", null), "imp");
            var second = run(new RemoteSource(client(other), "lib/app", null), "imp");

            assertThat(lines).isEmpty();
            assertThat(first)
                    .hasToString("imported 3 images into 1 repositories, 3 blobs (16 bytes); 0 images were there;"
                            + " 0 failed");
            assertThat(second)
                    .hasToString("imported 0 images into 1 repositories, 0 blobs (0 bytes); 3 images were there;"
                            + " 0 failed");
            assertThat(tags("imp/lib/app")).contains("v1", "v2");
            assertThat(server.get("/v2/imp/lib/app/manifests/v2").body()).isEqualTo(list);
            assertThat(server.get("/v2/imp/lib/app/referrers/" + digest(bytes(list)))
                            .body())
                    .contains(digest(bytes(signature)).toString());
        }
    }

    @Test
    void an_index_that_is_about_its_own_child_comes() throws Exception {
        try (var other = RunningServer.start(folder.resolve("other"), Map.of("create-on-push", "true"))) {
            var child = image("layer", "");
            var list = index(child).replaceFirst("}$", about(child) + "}");
            Images.push(other, "lib/app", "child", child, "layer");
            Images.push(other, "lib/app", "list", list);

            var all = run(new RemoteSource(client(other), "lib/app", null), "imp");

            assertThat(lines).isEmpty();
            assertThat(all)
                    .hasToString("imported 2 images into 1 repositories, 2 blobs (7 bytes); 0 images were there;"
                            + " 0 failed");
        }
    }

    @Test
    void brings_one_tag_alone_and_says_which_image_is_not_there() throws Exception {
        try (var other = RunningServer.start(folder.resolve("other"), Map.of("create-on-push", "true"))) {
            Images.push(other, "app", "v1", image("one", ""), "one");
            Images.push(other, "app", "v2", image("two", ""), "two");

            assertThat(run(new RemoteSource(client(other), "app", new Tag("v1")), "")
                            .failed())
                    .isZero();
            assertThat(tags("app")).contains("v1").doesNotContain("v2");
            assertThat(run(new RemoteSource(client(other), "app", new Tag("v3")), "")
                            .failed())
                    .isOne();
            assertThat(lines).singleElement().asString().startsWith("failed app:v3: ");
        }
    }

    @Test
    void takes_a_distribution_folder_with_all_revisions() throws Exception {
        var root = folder.resolve("from");
        var child = image("layer", "");
        Images.lay(root, "a/b", "", child, "layer");
        Images.lay(root, "a/b", "list", index(child));
        Images.lay(root, "a/b", "", image("sig", about(child)), "sig");
        Images.lay(root, "c", "v1", child, "layer");

        var tally = run(FolderSources.distribution(root), "p");

        assertThat(lines).isEmpty();
        assertThat(tally)
                .hasToString(
                        "imported 4 images into 2 repositories, 3 blobs (10 bytes); 0 images were there; 0 failed");
        assertThat(status("/v2/p/a/b/manifests/list")).isEqualTo(200);
        assertThat(status("/v2/p/c/manifests/v1")).isEqualTo(200);
        assertThat(server.get("/v2/p/a/b/referrers/" + digest(bytes(child))).body())
                .contains(digest(bytes(image("sig", about(child)))).toString());
    }

    @Test
    void a_damaged_image_fails_by_itself_and_is_named() throws Exception {
        var root = folder.resolve("from");
        Images.lay(root, "app", "good", image("good", ""), "good");
        Images.lay(root, "app", "spoilt", image("spoilt", ""), "spoilt");
        Images.lay(root, "app", "short", image("short", ""), "short");
        Images.lay(root, "app", "linked", image("linked", ""), "linked");
        Images.lay(root, "app", "manifest", image("manifest", ""), "manifest");
        Images.lay(root, "app", "gone", image("gone", ""), "gone");
        Images.lay(root, "app", "tag", image("good", ""), "good");
        Files.writeString(Images.file(root, digest(bytes("spoilt"))), "SPOILT");
        Files.writeString(Images.file(root, digest(bytes("short"))), "sh");
        Files.writeString(Images.file(root, digest(bytes(image("manifest", "")))), "{}");
        Files.delete(Images.file(root, digest(bytes("gone"))));
        var secret = Files.writeString(folder.resolve("secret"), "linked");
        Files.delete(Images.file(root, digest(bytes("linked"))));
        Files.createSymbolicLink(Images.file(root, digest(bytes("linked"))), secret);
        Files.writeString(
                root.resolve("docker/registry/v2/repositories/app/_manifests/tags/tag/current/link"), "../../x");

        var tally = run(FolderSources.distribution(root), "");

        assertThat(tally.failed()).isEqualTo(6);
        for (var name : List.of("spoilt", "short", "linked", "manifest", "gone")) {
            assertThat(lines)
                    .anyMatch(line ->
                            line.startsWith("failed app:%s@%s: ".formatted(name, digest(bytes(image(name, ""))))));
            assertThat(status("/v2/app/manifests/" + name)).isEqualTo(404);
        }
        assertThat(lines).anyMatch(line -> line.startsWith("failed app:tag: "));
        assertThat(status("/v2/app/manifests/good")).isEqualTo(200);
    }

    @Test
    void leads_nowhere_outside_its_folder() throws Exception {
        var root = folder.resolve("from");
        Images.lay(folder.resolve("elsewhere"), "secret", "v1", image("layer", ""), "layer");
        Images.lay(root, "app", "v1", image("layer", ""), "layer");
        var repositories = root.resolve("docker/registry/v2/repositories");
        Files.createSymbolicLink(
                repositories.resolve("linked"), folder.resolve("elsewhere/docker/registry/v2/repositories/secret"));
        Files.createSymbolicLink(repositories.resolve("app/loop"), repositories);

        var tally = run(FolderSources.distribution(root), "");

        assertThat(tally.failed()).isZero();
        assertThat(status("/v2/linked/tags/list")).isEqualTo(404);
        assertThat(status("/v2/app/manifests/v1")).isEqualTo(200);
    }

    @Test
    void a_layout_that_is_none_is_refused() throws Exception {
        var root = Files.createDirectories(folder.resolve("layout"));
        for (var index : List.of(
                "",
                "[]",
                "{}",
                "{\"manifests\": [{\"digest\": \"sha256:../../../../etc/passwd\"}]}",
                "{\"manifests\": [{\"digest\": \"../x\"}]}",
                "{\"manifests\": [1]}",
                "[".repeat(5000))) {
            Files.writeString(root.resolve("index.json"), index);
            assertThatThrownBy(() -> run(FolderSources.layout(root), "app")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void what_was_exported_comes_back() throws Exception {
        try (var other = RunningServer.start(folder.resolve("other"), Map.of("create-on-push", "true"))) {
            var child = image("layer", "");
            var list = index(child);
            Images.push(other, "app", "", child, "layer");
            Images.push(other, "app", "v1", list);
            Images.push(other, "app", "v2", child);
            Images.push(other, "app", "", image("sig", about(list)), "sig");
            var from = client(other);

            new Export(new RemoteRepository(from, "app", new Tag("v1")), new LayoutFolder(folder.resolve("layout")))
                    .run();
            new Export(new RemoteRepository(from, "app", null), new LayoutFolder(folder.resolve("layout"))).run();
            var tally = run(FolderSources.layout(folder.resolve("layout")), "back");

            assertThat(lines).isEmpty();
            assertThat(tally.failed()).isZero();
            assertThat(server.get("/v2/back/manifests/v1").body()).isEqualTo(list);
            assertThat(server.get("/v2/back/manifests/v2").body()).isEqualTo(child);
            assertThat(server.get("/v2/back/referrers/" + digest(bytes(list))).body())
                    .contains(digest(bytes(image("sig", about(list)))).toString());
        }
    }

    @Test
    void exports_into_nothing_that_is_something_else() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("home")).resolve("thesis"), "text");
        assertThatThrownBy(() -> new LayoutFolder(folder.resolve("home"))).isInstanceOf(IOException.class);
    }

    @Test
    void fetches_nothing_twice_though_it_is_cut_off() throws Exception {
        var root = folder.resolve("from");
        for (var i = 0; i < 20; i++) {
            Images.lay(root, "team/app" + i % 4, "v" + i, image("layer" + i / 2, ""), "layer" + i / 2);
        }
        var fetched = new CopyOnWriteArrayList<Digest>();

        var cut = run(counted(FolderSources.distribution(root), fetched, 5), "");
        var whole = run(counted(FolderSources.distribution(root), fetched, 1_000), "");
        var again = run(counted(FolderSources.distribution(root), fetched, 1_000), "");

        assertThat(cut.failed()).isPositive();
        assertThat(whole.failed()).isZero();
        assertThat(again.failed()).isZero();
        assertThat(fetched).doesNotHaveDuplicates().hasSize(11);
    }

    /// @param most that are given before it fails
    private static Source counted(Source source, List<Digest> fetched, int most) {
        return () -> {
            var all = new ArrayList<SourceRepository>();
            for (var repository : source.repositories()) {
                all.add(new Counted(repository, fetched, most));
            }
            return all;
        };
    }

    private record Counted(SourceRepository from, List<Digest> fetched, int most) implements SourceRepository {
        @Override
        public String name() {
            return from.name();
        }

        @Override
        public List<Root> roots() throws IOException {
            return from.roots();
        }

        @Override
        public @Nullable Digest digest(Tag tag) throws IOException {
            return from.digest(tag);
        }

        @Override
        public UpstreamManifest manifest(Reference reference) throws IOException {
            return from.manifest(reference);
        }

        @Override
        public Content blob(Descriptor blob) throws IOException {
            synchronized (fetched) {
                if (fetched.size() >= most) {
                    throw new IOException("cut off");
                }
                fetched.add(blob.digest());
            }
            return from.blob(blob);
        }
    }

    @Test
    void takes_what_is_selected() throws Exception {
        var root = folder.resolve("from");
        Images.lay(root, "team/app", "v1", image("one", ""), "one");
        Images.lay(root, "team/app", "w1", image("two", ""), "two");
        Images.lay(root, "teams/app", "v1", image("one", ""), "one");
        Images.lay(root, "team/old", "v1", image("one", ""), "one");

        var selection = Selection.of(List.of("team/*:v*", "nothing"), List.of("*/old"));
        run(FolderSources.distribution(root), "", selection);

        assertThat(tags("team/app")).contains("v1").doesNotContain("w1");
        assertThat(status("/v2/teams/app/tags/list")).isEqualTo(404);
        assertThat(status("/v2/team/old/tags/list")).isEqualTo(404);
    }

    @Test
    void takes_the_folder_of_a_zot() throws Exception {
        try (var other = RunningServer.start(folder.resolve("other"), Map.of("create-on-push", "true"))) {
            Images.push(other, "app", "v1", image("one", ""), "one");
            var zot = folder.resolve("zot");
            new Export(new RemoteRepository(client(other), "app", null), new LayoutFolder(zot.resolve("a/b"))).run();
            new Export(new RemoteRepository(client(other), "app", null), new LayoutFolder(zot.resolve("c"))).run();
            Files.createDirectories(zot.resolve("_trivy"));

            assertThat(run(FolderSources.zot(zot), "z").failed()).isZero();
            assertThat(status("/v2/z/a/b/manifests/v1")).isEqualTo(200);
            assertThat(status("/v2/z/c/manifests/v1")).isEqualTo(200);
        }
    }

    private final class Said implements Watcher {
        @Override
        public void ahead(int images) {}

        @Override
        public void image() {}

        @Override
        public void blob(long length) {}

        @Override
        public void say(String line) {
            lines.add(line);
        }
    }
}
