package entrepot.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import entrepot.domain.Digest;
import entrepot.domain.Digest.Algorithm;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.Tag;
import entrepot.server.RunningServer;
import entrepot.upstream.wire.Connections;
import entrepot.upstream.wire.Targets;
import entrepot.upstream.wire.Timing;
import entrepot.upstream.wire.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against another server of ours.
class UpstreamRegistryTest {

    @TempDir
    Path data;

    private static final byte[] BLOB = "layer".repeat(50_000).getBytes(UTF_8);

    private static UpstreamRegistry of(RunningServer server, Login login) throws IOException {
        var url = server.url("/");
        var targets = Targets.allowing("localhost:" + url.getPort());
        return new UpstreamRegistry(
                url, login, new Connections(targets, Trust.with(null), Timing.USUAL), InstantSource.system());
    }

    private static Login.AwsKey key(RunningServer server) throws IOException {
        var key = server.rootKey();
        return new Login.AwsKey(key.id(), key.secret(), null);
    }

    private static Login ecr(RunningServer server) throws IOException {
        return new Login.Ecr(server.url("/"), "us-east-1", key(server));
    }

    private static Login password(RunningServer server) throws IOException {
        return new Login.Password(key(server).id(), key(server).secret());
    }

    private static String manifest(String layer, String more) {
        return """
                {"schemaVersion": 2, "mediaType": "%s", "config": {"mediaType": "application/vnd.oci.image.config.v1+json",
                "digest": "%s", "size": %d}, "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar",
                "digest": "%s", "size": %d}]%s}""".formatted(MediaType.OCI_MANIFEST, layer, BLOB.length, layer, BLOB.length, more);
    }

    private static Digest push(RunningServer server, String reference, String manifest) {
        var answer = server.send(
                "PUT",
                "/v2/team/app/manifests/" + reference,
                manifest.getBytes(UTF_8),
                "Content-Type",
                MediaType.OCI_MANIFEST.value());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return ManifestBytes.ofText(manifest).digest(Algorithm.SHA256);
    }

    /// Whoever closed it wants no byte more.
    private static void readAfterItsEnd(UpstreamRegistry registry, Digest digest) throws IOException {
        var blob = registry.blob("team/app", digest, Long.MAX_VALUE);
        assertThat(blob.read()).isEqualTo('l');
        blob.close();
        blob.readAllBytes();
    }

    @Test
    void asks_for_everything_that_there_is() throws IOException {
        try (var server = RunningServer.start(data, Map.of("create-on-push", "true"))) {
            var layer = server.push("team/app", BLOB);
            var text = manifest(layer, "");
            var digest = push(server, "v1", text);
            push(server, "v2", text);
            var about = push(
                    server,
                    "sig",
                    manifest(
                            layer,
                            ", \"subject\": {\"mediaType\": \"%s\", \"digest\": \"%s\", \"size\": %d}"
                                    .formatted(MediaType.OCI_MANIFEST, digest, text.length())));
            var registry = of(server, ecr(server));

            registry.ping();
            var byTag = registry.manifest("team/app", new Tag("v1"));
            assertThat(byTag.bytes().text()).isEqualTo(text);
            assertThat(byTag.mediaType()).isEqualTo(MediaType.OCI_MANIFEST);
            assertThat(registry.manifest("team/app", digest)).isEqualTo(byTag);
            assertThat(registry.head("team/app", new Tag("v2")))
                    .isEqualTo(new UpstreamHead(digest, MediaType.OCI_MANIFEST, text.length()));
            assertThat(registry.referrers("team/app", digest))
                    .singleElement()
                    .satisfies(found -> assertThat(found.digest()).isEqualTo(about));
            assertThat(registry.referrers("team/app", about)).isEmpty();
            assertThat(registry.blobLength("team/app", Digest.parse(layer))).isEqualTo(BLOB.length);
            try (var blob = registry.blob("team/app", Digest.parse(layer), BLOB.length, 249_995)) {
                assertThat(new String(blob.readAllBytes(), UTF_8)).isEqualTo("layer");
            }
            try (var blob = registry.blob("team/app", Digest.parse(layer), Long.MAX_VALUE)) {
                assertThat(blob.length()).isEqualTo(BLOB.length);
                assertThat(blob.readAllBytes()).isEqualTo(BLOB);
            }
            assertFailures(registry, Digest.parse(layer));
        }
    }

    private static void assertFailures(UpstreamRegistry registry, Digest layer) throws IOException {
        assertThat(failure(() -> readAfterItsEnd(registry, layer))).isInstanceOf(Failure.Unavailable.class);
        for (var repository : List.of("team/app", "team/none")) {
            assertThat(failure(() -> registry.manifest(repository, new Tag("v3"))))
                    .isInstanceOf(Failure.NotFound.class);
        }
    }

    @Test
    void lists_tags_by_pages() throws IOException {
        try (var server = RunningServer.start(data, Map.of("create-on-push", "true"))) {
            var text = manifest(server.push("team/app", BLOB), "");
            push(server, "v1", text);
            push(server, "v2", text);
            push(server, "v3", text);
            var registry = of(server, ecr(server));
            var found = new ArrayList<String>();
            URI next = server.url("/v2/team/app/tags/list?n=2");
            for (; next != null; ) {
                var page = registry.tags("team/app", next);
                page.items().forEach(tag -> found.add(tag.name()));
                next = page.next();
            }
            assertThat(found).containsExactly("v1", "v2", "v3");
        }
    }

    @Test
    void logs_in_however_it_is_asked_to() throws IOException {
        try (var basic = RunningServer.start(data.resolve("basic"), Map.of("basic-access-keys", "true"));
                var bearer = RunningServer.start(
                        data.resolve("bearer"), Map.of("basic-access-keys", "true", "anonymous-pull", "true"))) {
            of(basic, password(basic)).ping();
            of(basic, ecr(basic)).ping();
            of(bearer, password(bearer)).ping();
            of(bearer, ecr(bearer)).ping();
            of(bearer, Login.ANONYMOUS).ping();
            var wrong = new Login.Password(key(basic).id(), "wrong");
            assertThat(failure(() -> of(basic, wrong).ping())).isInstanceOf(Failure.AccessDenied.class);
            assertThat(failure(() -> of(bearer, wrong).ping())).isInstanceOf(Failure.AccessDenied.class);
            assertThat(failure(() -> of(basic, Login.ANONYMOUS).ping())).isInstanceOf(Failure.AccessDenied.class);
            var stranger = new Login.Ecr(
                    basic.url("/"), "us-east-1", new Login.AwsKey("AKIAAAAAAAAAAAAAAAAA", "x".repeat(40), null));
            assertThat(failure(() -> of(basic, stranger).ping())).isInstanceOf(Failure.AccessDenied.class);
        }
    }

    @Test
    void says_when_nobody_is_there() throws IOException {
        RunningServer gone;
        try (var server = RunningServer.start(data, Map.of())) {
            gone = server;
        }
        assertThat(failure(() -> of(gone, Login.ANONYMOUS).ping())).isInstanceOf(Failure.Unavailable.class);
    }

    private static Failure failure(ThrowingCallable call) {
        return catchThrowableOfType(UpstreamException.class, call).failure();
    }
}
