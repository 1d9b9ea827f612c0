package entrepot.store.awskms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever goes wrong with the key service fails in time, and in ECR's words.
class BrokenKeyServiceTest {

    private static final RegistryId REGISTRY = new RegistryId(new AccountId("000000000000"), "us-east-1");
    private static final Arn KEY = new Arn("arn:aws:kms:us-east-1:000000000000:key/a");
    private static final Arn APP = new Arn("arn:aws:ecr:us-east-1:000000000000:repository/app");
    private static final String DATA_KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private final AtomicInteger calls = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DisabledException        | KMS.DisabledException
            KMSInvalidStateException | KMS.KMSInvalidStateException
            NotFoundException        | KMS.NotFoundException
            AccessDeniedException    | KMS.AccessDeniedException
            ThrottlingException      | KMS.ThrottlingException
            """)
    void a_refusal_keeps_its_name_and_text(String code, String kmsError) {
        answer(400, "{\"__type\":\"%s\",\"message\":\"why\"}".formatted(code));

        assertThat(error(() -> keys().generate(KEY, APP))).isEqualTo(new RepositoryError.Kms(kmsError, "why"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NotFoundException", "AccessDeniedException", "ThrottlingException"})
    void one_that_answers_can_be_used_whatever_it_says_of_a_key(String code) {
        answer(400, "{\"__type\":\"%s\",\"message\":\"why\"}".formatted(code));

        keys().check(REGISTRY);
    }

    @Test
    void one_that_fails_or_does_not_know_us_cannot_be_used() {
        answer(400, "{\"__type\":\"UnrecognizedClientException\",\"message\":\"why\"}");
        assertThat(error(() -> keys().check(REGISTRY)).kmsError()).isEqualTo("KMS.UnrecognizedClientException");
        stop();
        assertInternal(() -> keys().check(REGISTRY));
    }

    @Test
    void a_default_key_that_is_not_there_must_be_named() {
        answer(400, "{\"__type\":\"NotFoundException\",\"message\":\"why\"}");

        assertThat(error(() -> keys().resolve(REGISTRY, null)).message())
                .isEqualTo("The key service has no key alias/aws/ecr, so a key must be named as kmsKey");
        assertThat(error(() -> keys().resolve(REGISTRY, "mine")).message()).isEqualTo("why");
    }

    @Test
    void a_service_that_fails_is_asked_twice_and_no_more() {
        answer(500, "{\"__type\":\"KMSInternalException\",\"message\":\"secret\"}");

        assertThat(error(() -> keys().generate(KEY, APP)).kmsError()).isEqualTo("KMS.InternalException");
        assertThat(calls).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{}", "{\"Plaintext\":7}"})
    void nonsense_is_no_key(String body) {
        answer(200, body);

        assertInternal(() -> keys().generate(KEY, APP));
        assertInternal(() -> keys().unwrap(KEY, APP, new byte[100]));
        assertInternal(() -> keys().resolve(REGISTRY, "a"));
    }

    @Test
    void an_answer_for_another_key_is_no_key() {
        answer(200, dataKey(KEY + "b", DATA_KEY));

        assertInternal(() -> keys().generate(KEY, APP));
        assertInternal(() -> keys().unwrap(KEY, APP, new byte[100]));
    }

    @Test
    void a_data_key_of_another_length_is_no_key() {
        answer(200, dataKey(KEY.value(), "AAAA"));

        assertInternal(() -> keys().generate(KEY, APP));
        assertInternal(() -> keys().unwrap(KEY, APP, new byte[100]));
    }

    @Test
    void what_is_whole_is_taken() {
        answer(200, dataKey(KEY.value(), DATA_KEY));

        assertThat(keys().generate(KEY, APP).plain()).isEqualTo(new byte[32]);
        assertThat(keys().unwrap(KEY, APP, new byte[100])).isEqualTo(new byte[32]);
    }

    @Test
    void a_service_that_is_not_there_is_said_to_be_away() {
        server.stop(0);

        assertInternal(() -> keys().generate(KEY, APP));
    }

    @Test
    void a_service_that_hangs_is_given_up() throws IOException {
        try (var hanging = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var keys = new AwsKeyService(at(hanging.getLocalPort(), Duration.ofMillis(100)));

            assertInternal(() -> keys.generate(KEY, APP));
        }
    }

    private static String dataKey(String key, String plain) {
        return "{\"KeyId\":\"%s\",\"Plaintext\":\"%s\",\"CiphertextBlob\":\"AAAA\"}".formatted(key, plain);
    }

    private void answer(int status, String body) {
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            var bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private AwsKeyService keys() {
        return new AwsKeyService(at(server.getAddress().getPort(), Duration.ofSeconds(30)));
    }

    private static AwsKms at(int port, Duration patience) {
        var endpoint = URI.create("http://127.0.0.1:" + port);
        return new AwsKms(endpoint, null, new AwsKms.Credentials("AKIAEXAMPLE", "secret"), patience);
    }

    private static void assertInternal(ThrowingCallable call) {
        assertThat(error(call).kmsError()).isEqualTo("KMS.InternalException");
    }

    private static RepositoryError.Kms error(ThrowingCallable call) {
        var refusal = catchThrowableOfType(RegistryException.class, call);
        assertThat(refusal).as("the call's refusal").isNotNull();
        assertThat(refusal.error()).isInstanceOf(RepositoryError.Kms.class);
        return (RepositoryError.Kms) refusal.error();
    }
}
