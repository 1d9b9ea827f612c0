package entrepot.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.console.page.Findings;
import entrepot.console.page.FindingsPage;
import entrepot.domain.Content;
import entrepot.domain.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What scanners say is anybody's text, and is shown as one.
class FoundTextsTest {

    private static final String SCRIPT = "'\"><script>alert(1)</script>";

    @Test
    void findings_are_shown_as_text() {
        var row = new FindingsPage.Row(SCRIPT, SCRIPT, SCRIPT, SCRIPT, SCRIPT);
        var model = new FindingsPage.Model(
                "team/app",
                "sha256:" + "0".repeat(64),
                SCRIPT,
                SCRIPT,
                null,
                List.of(new Findings.Count(Severity.HIGH, 3)),
                List.of(row),
                "",
                "");

        var page = new Html().page(200, Frame.outside(SCRIPT), "findings", model);

        assertThat(new String(((Content.Bytes) page.body()).bytes(), UTF_8))
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "3 high")
                .doesNotContain("<script>alert");
    }
}
