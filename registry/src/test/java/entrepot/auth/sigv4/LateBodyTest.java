package entrepot.auth.sigv4;

import static entrepot.auth.sigv4.Signing.BODY;
import static entrepot.auth.sigv4.Signing.presigned;
import static entrepot.auth.sigv4.Signing.request;
import static entrepot.auth.sigv4.Signing.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Authentication;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bodies that come when the signature's time is over. It is good for an hour, as [Signing] makes it.
class LateBodyTest {

    private final Signing signing = new Signing();
    private final SigV4.Head.Signed head =
            (SigV4.Head.Signed) signing.verifier.check(presigned(request(r -> {})), "ecr");

    private Authentication completeAfter(Duration time, long length) {
        signing.clock.move(time);
        return head.complete(sha256(BODY), length);
    }

    @Test
    void a_small_body_must_come_within_the_signatures_time() {
        assertThat(completeAfter(Duration.ofHours(1), BODY.length)).isInstanceOf(Authentication.Proven.class);
        assertThat(completeAfter(Duration.ofSeconds(1), BODY.length))
                .isInstanceOfSatisfying(
                        Authentication.Rejected.class,
                        why -> assertThat(why.message()).startsWith("Signature expired: "));
    }

    /// Each 32 KiB may take a second.
    @ParameterizedTest
    @CsvSource({"32767, 0", "32768, 1", "27962027, 853"})
    void a_large_body_may_be_late_by_what_a_slow_line_takes(long length, long seconds) {
        var latest = Duration.ofHours(1).plusSeconds(seconds);

        assertThat(completeAfter(latest, length)).isInstanceOf(Authentication.Proven.class);
        assertThat(completeAfter(Duration.ofSeconds(1), length)).isInstanceOf(Authentication.Rejected.class);
    }

    @Test
    void a_clock_that_runs_ahead_does_not_harm_a_large_body() {
        signing.clock.move(Duration.ofMinutes(-15));
        var early = (SigV4.Head.Signed) signing.verifier.check(presigned(request(r -> {})), "ecr");

        assertThat(early.complete(sha256(BODY), 1 << 30)).isInstanceOf(Authentication.Proven.class);
    }
}
