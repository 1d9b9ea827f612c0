package entrepot.server;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Difference;
import entrepot.domain.Law;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Sees each [Difference] at both doors, of a server with `compat: oci` and of one with `compat: ecr`.
class CompatTest {

    static final int MANIFEST_BYTES = 20_000;
    static final int PARTS = 3;

    /// Those that are seen elsewhere: in a test of their own here, and in `PullThroughTest`.
    private static final Set<Difference> ELSEWHERE = Set.of(Difference.EXPIRED_TOKEN, Difference.LAYER_ELSEWHERE);

    private static final Map<Difference, CompatAsks.Row> ROWS = CompatAsks.all();

    @TempDir
    static Path data;

    private static RunningServer oci;
    private static RunningServer ecr;

    @BeforeAll
    static void start() throws IOException {
        oci = server("oci", Map.of());
        ecr = server("ecr", Map.of());
    }

    @AfterAll
    static void stop() throws IOException {
        oci.close();
        ecr.close();
    }

    static Stream<Difference> rows() {
        return ROWS.keySet().stream();
    }

    @Test
    void no_difference_goes_unseen() {
        assertThat(ROWS.keySet()).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void the_json_api(Difference difference) {
        var row = Objects.requireNonNull(ROWS.get(difference));
        assertThat(row.ask().json().apply(CompatSide.of(oci)))
                .isEqualTo(row.answers().json());
        assertThat(row.ask().json().apply(CompatSide.of(ecr)))
                .isEqualTo(row.answers().jsonAsEcr());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void v2(Difference difference) {
        var row = Objects.requireNonNull(ROWS.get(difference));
        assertThat(row.ask().v2().apply(CompatSide.of(oci)))
                .isEqualTo(row.answers().v2());
        assertThat(row.ask().v2().apply(CompatSide.of(ecr)))
                .isEqualTo(row.answers().v2AsEcr());
    }

    @ParameterizedTest
    @EnumSource(Difference.class)
    void a_law_is_ecrs_where_the_table_says_so(Difference difference) {
        var ecrs = Arrays.stream(Law.values())
                .filter(law -> law.isEcrs(difference))
                .collect(toSet());

        assertThat(ecrs)
                .isEqualTo(
                        switch (difference.switched()) {
                            case NOWHERE -> Set.of(Law.ECR, Law.ECR_TO_THE_LETTER);
                            case ON_V2 -> Set.of(Law.ECR, Law.ECR_TO_THE_LETTER, Law.ECR_ON_V2);
                            case ON_BOTH -> Set.of(Law.ECR_TO_THE_LETTER, Law.ECR_ON_V2);
                        });
    }

    @Test
    void an_expired_token() throws IOException {
        assertThat(expired("oci")).isEqualTo("401 UNAUTHORIZED, challenged");
        assertThat(expired("ecr")).isEqualTo("403 DENIED");
    }

    @Test
    void the_page_has_every_row_in_the_order_of_the_table() throws IOException {
        var page = Files.readString(Path.of("../docs/compat.md"));
        var rows = page.lines()
                .dropWhile(line -> !line.startsWith("| point "))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"));

        assertThat(rows)
                .containsExactlyElementsOf(
                        Arrays.stream(Difference.values()).map(Difference::row).toList());
    }

    private static String expired(String compat) throws IOException {
        try (var server = server(compat, Map.of("token-lifetime", "1s"))) {
            var answer = server.get("/v2/");
            while (answer.statusCode() == 200) {
                LockSupport.parkNanos(50_000_000);
                answer = server.get("/v2/");
            }
            var code = answer.body().replaceAll("(?s).*\"code\":\"([A-Z_]+)\".*", "$1");
            var challenged = answer.headers().firstValue("WWW-Authenticate").isPresent() ? ", challenged" : "";
            return answer.statusCode() + " " + code + challenged;
        }
    }

    private static RunningServer server(String compat, Map<String, String> more) throws IOException {
        var settings = new HashMap<>(more);
        settings.put("compat", compat);
        settings.put("kms.cache", "0");
        settings.put("limits.manifest-bytes", Integer.toString(MANIFEST_BYTES));
        settings.put("limits.parts-per-layer", Integer.toString(PARTS));
        return RunningServer.start(Files.createTempDirectory(data, compat), settings);
    }
}
