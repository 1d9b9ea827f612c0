package entrepot.auth.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Authentication;
import entrepot.auth.ClockByHand;
import entrepot.auth.KeyUsage;
import entrepot.auth.KnownKeys;
import entrepot.auth.Regions;
import entrepot.auth.StoredKeys;
import entrepot.domain.AccountId;
import entrepot.store.AccessKeys.AccessKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// The verifier against botocore's signers, by the table that `scripts/make-sigv4-vectors` writes.
class SigV4VectorsTest {

    private static final Table TABLE = table();

    private final SigV4 verifier = verifier();

    record Table(String signer, String key, String secret, Instant now, List<Vector> vectors) {}

    record Vector(
            String name,
            boolean accepted,
            String service,
            String region,
            String method,
            String path,
            String query,
            List<List<String>> headers,
            String body) {

        SignedRequest request() {
            return new SignedRequest(
                    method,
                    path,
                    query,
                    headers.stream()
                            .map(h -> new SignedRequest.Header(h.getFirst(), Signing.bytes(h.getLast())))
                            .toList());
        }

        String payloadSha256() {
            return Signing.sha256(body.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Table table() {
        try (var file = SigV4VectorsTest.class.getResourceAsStream("/sigv4-vectors.json")) {
            return JsonMapper.shared().readValue(file, Table.class);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SigV4 verifier() {
        var keys = new StoredKeys();
        keys.create(AccessKey.ofRoot(TABLE.key(), TABLE.secret(), new AccountId("123456789012"), Instant.EPOCH));
        var clock = new ClockByHand(TABLE.now());
        return new SigV4(new KnownKeys(keys, clock), new KeyUsage(), Regions.ANY, clock);
    }

    static Stream<Vector> vectors() {
        return TABLE.vectors().stream();
    }

    private Authentication verify(Vector vector, SignedRequest request) {
        return verifier.verify(request, vector.service(), vector.payloadSha256());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void what_botocore_signed_with_the_right_key_is_proven_and_nothing_else(Vector vector) {
        var seen = verify(vector, vector.request());

        if (vector.accepted()) {
            assertThat(seen)
                    .isInstanceOfSatisfying(
                            Authentication.Proven.class,
                            proven -> assertThat(proven.region()).isEqualTo(vector.region()));
        } else {
            assertThat(seen).isInstanceOf(Authentication.Rejected.class);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void nor_is_it_with_anything_changed(Vector vector) {
        var r = vector.request();

        assertThat(verify(vector, new SignedRequest("OPTIONS", r.path(), r.query(), r.headers())))
                .isInstanceOf(Authentication.Rejected.class);
        assertThat(verify(vector, new SignedRequest(r.method(), r.path() + "x", r.query(), r.headers())))
                .isInstanceOf(Authentication.Rejected.class);
        assertThat(verify(vector, new SignedRequest(r.method(), r.path(), r.query() + "&x", r.headers())))
                .isInstanceOf(Authentication.Rejected.class);
        assertThat(verify(vector, Signing.with(r, "Host", host -> host + "1")))
                .isInstanceOf(Authentication.Rejected.class);
        assertThat(verifier.verify(r, vector.service(), Signing.sha256(new byte[] {1})))
                .isInstanceOf(Authentication.Rejected.class);
    }

    @Test
    void there_is_a_table() {
        assertThat(TABLE.vectors()).hasSizeGreaterThan(90);
        assertThat(TABLE.vectors()).filteredOn(Vector::accepted).hasSizeGreaterThan(80);
    }
}
