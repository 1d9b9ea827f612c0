package entrepot.iam;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Access;
import entrepot.auth.Callers;
import entrepot.auth.KeyUsage;
import entrepot.auth.KnownKeys;
import entrepot.auth.KnownPolicies;
import entrepot.auth.Regions;
import entrepot.auth.RegistryHosts;
import entrepot.auth.sigv4.SigV4;
import entrepot.aws.Calls;
import entrepot.aws.Service;
import entrepot.aws.protocol.SignedCalls;
import entrepot.domain.AccountId;
import entrepot.domain.Content;
import entrepot.domain.RegistryAddress;
import entrepot.http.Client;
import entrepot.http.HttpHeaders;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.InRequest;
import entrepot.http.body.MemoryBudget;
import entrepot.http.body.SpoolFolder;
import entrepot.http.body.Spools;
import entrepot.operation.AuditTrail;
import entrepot.operation.Operations;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import entrepot.store.TestStores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// What a form may take before and after its signature is proven.
class QueryEndpointTest {

    private static final AccessKey KEY = AccessKey.ofRoot(
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            new AccountId("012345678901"),
            Instant.EPOCH);

    private final MetadataStore metadata = TestStores.metadata();

    @TempDir
    private Path folder;

    @BeforeEach
    void create() {
        metadata.transact(tx -> {
            tx.accounts().create(KEY.account(), Instant.EPOCH);
            tx.accessKeys().create(KEY);
            return KEY;
        });
    }

    @AfterEach
    void close() {
        metadata.close();
    }

    private Spools spools(MemoryBudget memory, long disk) {
        return new Spools(memory, SpoolFolder.in(folder.resolve("spool")), disk, Duration.ZERO);
    }

    @Test
    void a_form_that_finds_no_room_is_refused_before_it_is_proven() throws IOException {
        var signed = signed("Action=GetUser&Version=2010-05-08");
        var large = "Action=GetUser&Version=2010-05-08&a=" + "b".repeat(900_000);

        assertThat(ask(spools(MemoryBudget.ofHeap(), 1 << 20), signed, large).status())
                .isEqualTo(503);
        assertThat(ask(spools(MemoryBudget.ofHeap(), 1 << 30), signed, large).status())
                .isEqualTo(403);
        assertThat(folder.resolve("spool")).isEmptyDirectory();
    }

    @Test
    void a_form_that_is_proven_is_read_once_there_is_memory_for_it() throws IOException {
        var memory = new MemoryBudget(16 << 20, Duration.ZERO);
        var form = "Action=Nothing&Version=2010-05-08";
        try (var _ = memory.reserve(8 << 20)) {
            assertThat(ask(spools(memory, 1 << 30), signed(form), form).status())
                    .isEqualTo(503);
        }
        assertThat(ask(spools(memory, 1 << 30), signed(form), form).status()).isEqualTo(400);
    }

    private HttpResponse ask(Spools spools, HttpHeaders headers, String form) throws IOException {
        var clock = InstantSource.system();
        var signed = new SignedCalls(
                new SigV4(new KnownKeys(metadata, clock), new KeyUsage(), Regions.ANY, clock),
                new Callers(new RegistryHosts(_ -> new RegistryAddress("http", "localhost"), Set.of())),
                new Calls(new Operations(new Access(new KnownPolicies(metadata, clock), clock), AuditTrail.NONE)),
                spools);
        var endpoint = new QueryEndpoint(signed, Service.iam(List.of()), Service.sts(List.of()));
        var body = new Content.Bytes(form.getBytes(UTF_8));
        return InRequest.handle(
                endpoint, new HttpRequest("POST", "/", "", headers, body, new Client("127.0.0.1", false)));
    }

    private static HttpHeaders signed(String form) {
        var request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(URI.create("http://localhost/"))
                .putHeader("Content-Type", "application/x-www-form-urlencoded")
                .build();
        var signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(AwsCredentialsIdentity.create(KEY.id(), KEY.secret()))
                        .request(request)
                        .payload(() -> new ByteArrayInputStream(form.getBytes(UTF_8)))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "iam")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"));
        return new HttpHeaders(signed.request().headers().entrySet().stream()
                .map(line -> new HttpHeaders.Line(line.getKey(), line.getValue().getFirst()))
                .toList());
    }
}
