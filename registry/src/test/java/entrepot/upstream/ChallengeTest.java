package entrepot.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChallengeTest {

    @Test
    void reads_several_on_a_line_or_on_many() {
        var all = Challenge.parse(List.of(
                "Basic realm=\"a, b=c\", Bearer realm=\"https://x/token?a=b\",service = \"s\\\"t\" , scope=pull",
                "Negotiate",
                "NTLM, DIGEST Realm=r"));

        assertThat(all)
                .containsExactly(
                        new Challenge("basic", Map.of("realm", "a, b=c")),
                        new Challenge(
                                "bearer", Map.of("realm", "https://x/token?a=b", "service", "s\"t", "scope", "pull")),
                        new Challenge("negotiate", Map.of()),
                        new Challenge("ntlm", Map.of()),
                        new Challenge("digest", Map.of("realm", "r")));
    }

    @Test
    void leaves_what_it_cannot_read() {
        assertThat(Challenge.parse(List.of("", " , ,", "=", "Bearer realm=\"open")))
                .hasSizeLessThan(2);
        assertThat(Challenge.parse(List.of("Bearer " + "a=\"\\\"".repeat(10_000))))
                .hasSize(1);
    }
}
