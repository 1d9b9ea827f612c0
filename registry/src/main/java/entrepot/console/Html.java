package entrepot.console;

import entrepot.http.HttpResponse;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/// Makes pages of the templates in `src/main/jte`, which were compiled with the program. Whatever a template
/// shows is escaped for where it stands.
final class Html {

    private static final String TYPE = "text/html; charset=utf-8";
    private static final int USUAL_LENGTH = 16 << 10;

    /// Nothing comes from elsewhere, nothing is written into a page that runs or styles it, and no other page
    /// shows it.
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self';"
            + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

    /// A page.
    HttpResponse page(int status, Frame frame, String template, Object model) {
        var text = new StringOutput(USUAL_LENGTH);
        engine.render(template + ".jte", Map.of("frame", frame, "model", model), text);
        return kept(HttpResponse.of(status)).withText(TYPE, text.toString());
    }

    /// Where to look next.
    HttpResponse next(String address) {
        return kept(HttpResponse.of(303)).with("Location", address);
    }

    /// Browsers keep no page, and forms say where they come from, which `no-referrer` would keep from us.
    private static HttpResponse kept(HttpResponse answer) {
        return safe(answer.with("Cache-Control", "no-store"));
    }

    /// With what keeps an answer from being more than it is.
    static HttpResponse safe(HttpResponse answer) {
        return answer.with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("X-Frame-Options", "DENY")
                .with("Cross-Origin-Opener-Policy", "same-origin")
                .with("Cross-Origin-Resource-Policy", "same-origin")
                .with("Referrer-Policy", "same-origin");
    }
}
