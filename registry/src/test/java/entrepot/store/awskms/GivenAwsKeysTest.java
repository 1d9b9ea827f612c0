package entrepot.store.awskms;

import static entrepot.operation.World.ID;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.error;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import entrepot.auth.Caller;
import entrepot.domain.RepositoryError;
import entrepot.operation.ImageChanges;
import entrepot.operation.Means;
import entrepot.operation.PullTimes;
import entrepot.operation.World;
import entrepot.operation.cache.TestUpstreams;
import entrepot.operation.repository.CreateRepository;
import entrepot.operation.repository.RepositoryView.EncryptionConfiguration;
import entrepot.sealing.Vault;
import entrepot.server.Families;
import entrepot.store.Reserve;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// AWS lets the server's own credentials do everything with its one key. Who calls the server may use it only as far as
/// their own policies let.
class GivenAwsKeysTest {

    /// In an account that is none here.
    private static final String KEY = "arn:aws:kms:eu-west-1:555555555555:key/1234abcd";

    @AutoClose
    private final World world = World.withApp();

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var answer = """
                {"KeyMetadata": {"KeyId": "1234abcd", "Arn": "%1$s"}, "KeyId": "%1$s",
                "Plaintext": "%2$s=", "CiphertextBlob": "AAAA"}""".formatted(KEY, "A".repeat(43)).getBytes(UTF_8);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static String allow(String action, String resource) {
        return "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"%s\"}}"
                .formatted(action, resource);
    }

    private void create(Caller caller, @Nullable String named) {
        var where = URI.create("http://localhost:" + server.getAddress().getPort());
        var aws = new AwsKms(where, null, new AwsKms.Credentials("AKIAEXAMPLE", "secret"));
        try (var service = new AwsKeyService(aws)) {
            var vault = new Vault(world.blobs, service, Duration.ZERO, world.clock);
            var kept =
                    new Means.Kept(world.metadata, vault, Reserve.NONE, new PullTimes(world.clock), ImageChanges.NONE);
            var means = new Means(kept, world.clock, world.decisions, world.means.rules(), world.means.credentials());
            world.call(
                    caller,
                    World.the(Families.with(means, TestUpstreams.none()), CreateRepository.class),
                    new CreateRepository.Input(
                            null, OTHER, null, null, null, null, new EncryptionConfiguration("KMS", named)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {KEY, "1234abcd", "alias/mine", "arn:aws:kms:eu-west-1:555555555555:alias/mine"})
    void a_key_is_given_by_whom_their_own_policies_let(String named) {
        var ecr = allow("ecr:*", "*");
        var mayNot = world.user(ID.account(), "maynot", ecr);
        var mayOther = world.user(ID.account(), "mayother", ecr, allow("kms:*", KEY + "5"));
        var may = world.user(ID.account(), "may", ecr, allow("kms:*", KEY));

        assertRefused(mayNot, named);
        assertRefused(mayOther, named);
        create(may, named);

        assertThat(world.repository(OTHER).encryption().toString()).contains(KEY);
    }

    private boolean isThere() {
        return world.metadata.read(tx -> tx.repositories().find(ID, OTHER).isPresent());
    }

    private void assertRefused(Caller caller, String named) {
        assertThat(error(() -> create(caller, named)))
                .isInstanceOfSatisfying(
                        RepositoryError.Kms.class,
                        refusal -> assertThat(refusal.kmsError()).isEqualTo("KMS.AccessDeniedException"));
        assertThat(isThere()).isFalse();
    }

    @Test
    void the_usual_key_is_everybodys_who_may_make_repositories() {
        create(world.user(ID.account(), "ann", allow("ecr:*", "*")), null);

        assertThat(world.repository(OTHER).encryption().toString()).contains(KEY);
    }
}
