package entrepot.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignedLayersTest {

    private static final byte[] BYTES = Pushes.bytes(1000);

    private final OciRegistry registry = new OciRegistry();
    private String link = "";

    @BeforeEach
    void push() {
        registry.create("team/app");
        link = registry.signedLink("team/app", new Pushes(registry, "team/app").blob(BYTES));
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void a_link_is_all_that_is_needed() {
        for (var method : new String[] {"GET", "HEAD"}) {
            var reply = registry.anonymously(method, link).send().mustBe(200);
            assertThat(reply.bytes()).isEqualTo(BYTES);
            assertThat(reply.header("Content-Type")).isEqualTo("application/octet-stream");
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }

    @Test
    void ranges_are_read_in_parallel() {
        var reply = registry.anonymously("GET", link)
                .with("Range", "bytes=100-199")
                .send()
                .mustBe(206);
        assertThat(reply.bytes()).isEqualTo(Arrays.copyOfRange(BYTES, 100, 200));
        assertThat(reply.header("Content-Range")).isEqualTo("bytes 100-199/1000");
        registry.anonymously("GET", link).with("Range", "bytes=1000-").send().mustBe(416);
    }

    @Test
    void a_link_has_preconditions_too() {
        var state = registry.anonymously("GET", link).send().header("ETag");
        assertThat(state).isEqualTo("\"" + Pushes.digest(BYTES) + "\"");
        for (var method : new String[] {"GET", "HEAD"}) {
            var ask = registry.anonymously(method, link);
            ask.with("If-None-Match", state).send().mustBe(304);
            ask.with("If-Match", "\"other\"").send().mustBe(412);
            ask.with("If-Match", "\"unread").send().mustBe(400);
        }
    }

    @Test
    void a_link_that_was_changed_is_refused() {
        for (var changed : new String[] {
            link.replace("team/app", "team/app2"),
            link.replace("/sha256:", "/sha512:"),
            link.replace("X-Amz-Expires=3600", "X-Amz-Expires=9999"),
            link.replace("account=123456789012", "account=999999999999"),
            link + "0",
            link.substring(0, link.indexOf('?')),
            link + "&X-Amz-Signature="
        }) {
            var reply = registry.anonymously("GET", changed).send();
            assertThat(reply.problem()).describedAs(changed).isEqualTo("403 DENIED");
        }
    }

    @Test
    void a_link_ends() {
        registry.clock.move(Duration.ofMinutes(61));
        assertThat(registry.anonymously("GET", link).send().problem()).isEqualTo("403 DENIED");
    }

    @Test
    void a_link_to_what_is_gone_finds_nothing() {
        registry.ask("DELETE", "/v2/team/app/blobs/" + Pushes.digest(BYTES))
                .send()
                .mustBe(202);
        assertThat(registry.anonymously("GET", link).send().problem()).isEqualTo("404 BLOB_UNKNOWN");
    }

    @Test
    void a_link_is_for_reading() {
        var reply = registry.anonymously("PUT", link).send().mustBe(405);
        assertThat(reply.header("Allow")).isEqualTo("GET, HEAD");
    }
}
