package entrepot.server;

import static entrepot.operation.Images.image;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.ManifestBytes;
import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.store.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ReplicationRule;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/// Two servers, each with a registry that the other one's goes to: from one's `us-east-1` to the other one's
/// `eu-west-1`, and from there back.
@Timeout(600)
class PeerReplicationTest {

    private static final String ACCOUNT = "000000000000";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    private RunningServer here;
    private RunningServer there;
    private Line line;
    private Line back;

    @BeforeEach
    void start() throws IOException {
        there = RunningServer.start(directory.resolve("there"), Map.of());
        line = new Line(there.url("/").getPort());
        here = RunningServer.start(directory.resolve("here"), Map.of(), file("here", "eu-west-1", line, there));
        back = new Line(here.url("/").getPort());
        restartThere();
        here.ecr().createRepository(to -> to.repositoryName("app"));
        here.push("app", Images.CONFIG);
        here.push("app", Images.LAYER);
        rules(here, "us-east-1", "eu-west-1");
        rules(there, "eu-west-1", "us-east-1");
    }

    @AfterEach
    void stop() throws IOException {
        here.close();
        there.close();
        line.close();
        back.close();
    }

    private void restartThere() throws IOException {
        var file = file("there", "us-east-1", back, here);
        there.close();
        there = RunningServer.start(directory.resolve("there"), Map.of(), file);
        line.leadTo(there.url("/").getPort());
    }

    private void restartHere() throws IOException {
        here.close();
        here = RunningServer.start(directory.resolve("here"), Map.of(), directory.resolve("here.yaml"));
        back.leadTo(here.url("/").getPort());
    }

    /// @param whose the server that has the peer
    private Path file(String whose, String region, Line way, RunningServer peer) throws IOException {
        var secret = Files.writeString(
                directory.resolve(whose + ".secret"), peer.rootKey().secret() + "\n");
        return Files.writeString(directory.resolve(whose + ".yaml"), """
            replication:
              peers:
                - region: %s
                  account: "%s"
                  url: "http://localhost:%d"
                  key-id: %s
                  secret-file: %s
            """.formatted(
                        region, ACCOUNT, way.port(), peer.rootKey().id(), secret));
    }

    private EcrClient inEurope() throws IOException {
        return there.client().region(Region.EU_WEST_1).build();
    }

    /// The SDK does not know yet that a rule can have deletions follow.
    private static void rules(RunningServer server, String region, String destination) throws IOException {
        var body = """
            {"replicationConfiguration":{"rules":[{"destinations":[{"region":"%s","registryId":"%s"}],\
            "deleteReplication":{"enabled":true}}]}}""".formatted(destination, ACCOUNT);
        var key = AwsCredentialsIdentity.create(
                server.rootKey().id(), server.rootKey().secret());
        var wire = new Wire(server.url("/").getPort(), "localhost");
        var signed = wire.sign(key, "ecr", region, Wire.json("PutReplicationConfiguration"), body, Clock.systemUTC());
        assertThat(wire.post(signed, body).status()).isEqualTo("200");
    }

    private String push(ManifestBytes manifest, @Nullable String tag) {
        var digest = Images.digest(manifest).toString();
        var name = tag == null ? digest : tag;
        var answer = here.send(
                "PUT", "/v2/app/manifests/" + name, manifest.text().getBytes(UTF_8), "Content-Type", type(manifest));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return digest;
    }

    private static String type(ManifestBytes manifest) {
        return manifest.text().contains("\"manifests\"") ? Images.OCI_INDEX : Images.OCI;
    }

    private static Map<String, List<String>> images(EcrClient ecr) {
        var all = new TreeMap<String, List<String>>();
        try {
            ecr.describeImagesPaginator(of -> of.repositoryName("app")).imageDetails().stream()
                    .forEach(image -> all.put(image.imageDigest(), tags(image)));
        } catch (RepositoryNotFoundException notYet) {
            return all;
        }
        return all;
    }

    private static List<String> tags(ImageDetail image) {
        return image.hasImageTags() ? image.imageTags().stream().sorted().toList() : List.of();
    }

    private static void await(String what, BooleanSupplier condition) {
        var end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(end);
            LockSupport.parkNanos(50_000_000);
        }
    }

    private void awaitEqual() throws IOException {
        try (var europe = inEurope()) {
            var wanted = images(here.ecr());
            await("the same images there: " + wanted, () -> images(europe).equals(wanted));
        }
    }

    private String status(String digest) {
        return here
                .ecr()
                .describeImageReplicationStatus(of -> of.repositoryName("app").imageId(id -> id.imageDigest(digest)))
                .replicationStatuses()
                .stream()
                .map(each -> each.region() + " " + each.status() + " " + each.failureCode())
                .toList()
                .toString();
    }

    @Test
    void what_is_pushed_here_is_there_and_does_not_come_back() throws IOException {
        var image = push(image("one"), "v1");
        var list = push(Images.index(image("one")), "all");
        var signature = push(Images.about(Images.digest(image("one"))), null);
        awaitEqual();

        await("complete", () -> status(image).contains("COMPLETE"));
        assertThat(images(inEurope()).keySet()).containsExactlyInAnyOrder(image, list, signature);
        assertThat(inEurope()
                        .describeImageReplicationStatus(
                                of -> of.repositoryName("app").imageId(id -> id.imageDigest(image)))
                        .replicationStatuses())
                .isEmpty();
    }

    @Test
    void tags_that_move_and_deletions_are_followed_though_the_way_is_cut_again_and_again() throws IOException {
        var random = new Random(7);
        for (int i = 0; i < 30; i++) {
            var digest = push(image("n" + random.nextInt(8)), "t" + random.nextInt(3));
            if (i % 5 == 4) {
                here.send("DELETE", "/v2/app/manifests/" + (i % 10 == 4 ? digest : "t0"), new byte[0]);
            }
            if (i % 7 == 6) {
                line.cut();
                line.mend();
            }
        }
        awaitEqual();
    }

    @Test
    void either_side_may_end_and_begin_again() throws IOException {
        line.cut();
        push(image("one"), "latest");
        restartHere();
        push(image("two"), "latest");
        restartThere();
        line.mend();
        push(image("three"), "more");
        awaitEqual();
        restartHere();
        push(image("one"), "latest");
        awaitEqual();
    }

    @Test
    void a_layer_goes_on_where_it_was_cut() throws IOException {
        var layer = new byte[80 << 20];
        new Random(1).nextBytes(layer);
        here.push("app", layer);
        var manifest = image("large", Layers.sha256(layer), layer.length);
        var sent = line.asked();
        push(manifest, "large");
        await("a part is there", () -> line.asked() - sent > 40 << 20);
        line.cut();
        restartHere();
        line.mend();
        awaitEqual();

        assertThat(line.asked() - sent).isLessThan(layer.length + (48L << 20));
    }

    @Test
    void what_the_peer_is_not_held_to_be_is_refused_by_it() throws IOException {
        var one = here.send(
                "HEAD",
                "/v2/app/manifests/v1",
                new byte[0],
                "Entrepot-Replication",
                ACCOUNT + "/eu-west-1 " + ACCOUNT + "/us-east-1");
        assertThat(one.statusCode()).isEqualTo(404);
        for (var wrong : List.of(
                ACCOUNT + "/us-east-1 " + ACCOUNT + "/us-east-1",
                ACCOUNT + "/eu-west-1 " + ACCOUNT + "/us-west-2",
                "999999999999/eu-west-1 999999999999/us-east-1")) {
            assertThat(here.send("GET", "/v2/app/manifests/v1", new byte[0], "Entrepot-Replication", wrong)
                            .statusCode())
                    .isEqualTo(421);
        }
        for (var bad : List.of("", "x", ACCOUNT + "/eu-west-1", "a b c", "12/eu-west-1 12/us-east-1")) {
            assertThat(here.send("GET", "/v2/app/manifests/v1", new byte[0], "Entrepot-Replication", bad)
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void a_tag_that_is_immutable_there_is_left_out_and_a_backfill_brings_what_was_before() throws IOException {
        var before = new ArrayList<String>();
        here.ecr()
                .putReplicationConfiguration(
                        to -> to.replicationConfiguration(rules -> rules.rules(List.<ReplicationRule>of())));
        before.add(push(image("one"), "v1"));
        rules(here, "us-east-1", "eu-west-1");
        var id = here.ecr()
                .startReplicationBackfill(
                        of -> of.destination(one -> one.region("eu-west-1").registryId(ACCOUNT)))
                .replicationBackfillId();
        awaitEqual();
        await(
                "over",
                () -> here.ecr()
                        .describeReplicationBackfillResults(of -> of.replicationBackfillId(id))
                        .statusAsString()
                        .equals("COMPLETE"));
        inEurope().putImageTagMutability(of -> of.repositoryName("app").imageTagMutability("IMMUTABLE"));
        var two = push(image("two"), "v1");
        await("complete", () -> status(two).contains("COMPLETE"));

        assertThat(images(inEurope())).isEqualTo(Map.of(before.getFirst(), List.of("v1"), two, List.of()));
    }

    @Test
    void a_peer_that_has_forgotten_what_came_gets_what_the_next_image_needs() throws IOException {
        push(image("one"), "v1");
        awaitEqual();
        inEurope().deleteRepository(of -> of.repositoryName("app").force(true));

        var two = push(image("two"), "v2"); // with the same layers

        await("complete", () -> status(two).contains("COMPLETE"));
        assertThat(images(inEurope())).isEqualTo(Map.of(two, List.of("v2")));
    }

    @Test
    void a_peer_that_is_the_source_itself_is_another_registry_of_it_and_nothing_goes_round() throws IOException {
        file("here", "eu-west-1", back, here);
        restartHere();
        rules(here, "eu-west-1", "us-east-1");
        var image = push(image("one"), "v1");
        await("complete", () -> status(image).contains("COMPLETE"));

        try (var europe = here.client().region(Region.EU_WEST_1).build()) {
            assertThat(images(europe)).isEqualTo(Map.of(image, List.of("v1")));
            assertThat(europe.describeImageReplicationStatus(
                                    of -> of.repositoryName("app").imageId(id -> id.imageDigest(image)))
                            .replicationStatuses())
                    .isEmpty();
        }
        assertThat(images(here.ecr())).isEqualTo(Map.of(image, List.of("v1")));
        assertThat(images(inEurope())).isEmpty();
    }
}
