package entrepot.console;

import entrepot.auth.Principal;
import entrepot.auth.token.ConsoleLogins;
import entrepot.auth.token.ConsoleLogins.Login;
import entrepot.auth.token.Passwords;
import entrepot.auth.token.RegistryTokens.Verification;
import entrepot.aws.Calls;
import entrepot.aws.Service;
import entrepot.domain.RegistryId;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.Query;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who comes in: with the id of an access key and its secret, as whoever the key is of. Whoever fails is told no
/// more than that, by the same work, whether there is such a key or not.
public final class SignIn {

    /// Where one signs in, below [Links#ROOT].
    static final String PAGE = "sign-in";

    /// Where one signs out.
    static final String OUT = "sign-out";

    private static final String TITLE = "Sign in";
    private static final int LONGEST_FORM = 4 << 10;
    private static final String WRONG = "No active access key has this id and this secret.";

    /// A page of ours, whatever it is asked.
    private static final Pattern OURS = Pattern.compile(Links.ROOT + "[A-Za-z0-9._~/?&=%:@+*!-]{0,2048}");

    private final Means means;
    private final Console.Proof proof;
    private final Calls calls;
    private final Service ecr;
    private final Html html;
    private final Attempts attempts = new Attempts();

    /// What knows keys and sessions.
    public record Means(Passwords passwords, ConsoleLogins logins) {}

    /// What the page shows.
    ///
    /// @param next where to go from here; empty for the beginning
    /// @param key as it was given
    /// @param problem why it did not go well; empty at first
    public record Model(String region, String next, String key, String problem) {}

    SignIn(Means means, Console.Proof proof, Calls calls, Service ecr, Html html) {
        this.means = means;
        this.proof = proof;
        this.calls = calls;
        this.ecr = ecr;
        this.html = html;
    }

    /// Who is signed in.
    Optional<Login> login(HttpRequest request) {
        return Cookies.secret(request)
                .flatMap(secret -> means.logins().find(secret, proof.clock().instant()));
    }

    /// The page where one signs in.
    HttpResponse page(HttpRequest request) {
        var next = Query.parse(request.query()).first("next").orElse("");
        return page(200, new Model(proof.home(), ours(next), "", ""));
    }

    /// Leads there, and afterwards to the page that was asked for. Where no cookie came along, a browser may have a
    /// good
    /// one all the same: it sends none with a link of another site.
    HttpResponse first(HttpRequest request) {
        var asked = request.query().isEmpty() ? request.path() : request.path() + "?" + request.query();
        var isLooked = !request.method().equals("POST") && !ours(asked).isEmpty();
        var page = Links.ROOT + PAGE;
        var next = html.next(isLooked ? Links.with(page, "next", asked) : page);
        return Cookies.brings(request) ? Cookies.drop(next, request) : next;
    }

    private static String ours(String next) {
        return OURS.matcher(next).matches() ? next : "";
    }

    private HttpResponse page(int status, Model model) {
        return html.page(status, Frame.outside(TITLE), PAGE, model);
    }

    /// Takes what was sent from there.
    HttpResponse sent(HttpRequest request) throws IOException {
        var form = Forms.read(request, LONGEST_FORM);
        if (form.isEmpty()) {
            return page(413, new Model(proof.home(), "", "", "The form is too long."));
        }
        var key = form.get().first("key").map(String::strip).orElse("");
        var region = form.get().first("region").map(String::strip).orElse(proof.home());
        var model = new Model(region, ours(form.get().first("next").orElse("")), key, "");
        if (!proof.regions().serves(region)) {
            return page(400, refused(model, "This registry does not serve that region."));
        }
        return attempt(request, form.get().first("secret").map(String::strip).orElse(""), model);
    }

    private static Model refused(Model model, String problem) {
        return new Model(model.region(), model.next(), model.key(), problem);
    }

    private HttpResponse attempt(HttpRequest request, String secret, Model model) {
        var now = proof.clock().instant();
        var wait = attempts.begin(request.clientAddress(), model.key(), now);
        if (wait.isPresent()) {
            return tooOften(wait.get(), model);
        }
        var found = means.passwords().verifyKey(model.key(), secret, model.region());
        if (found instanceof Verification.Valid valid) {
            attempts.succeeded(request.clientAddress(), model.key());
            return in(request, valid.principal(), valid.registry(), model.next(), now);
        }
        calls.turnedAway(request.origin(), ecr, "ConsoleLogin", "UnrecognizedClientException");
        return page(403, refused(model, WRONG));
    }

    private HttpResponse tooOften(Duration wait, Model model) {
        var seconds = wait.plusSeconds(1).toSeconds();
        return page(429, refused(model, "Too many attempts. Try again in %d s.".formatted(seconds)))
                .with("Retry-After", String.valueOf(seconds));
    }

    /// In a new session always: one that somebody else may know of is not taken over, but ended.
    private HttpResponse in(HttpRequest request, Principal principal, RegistryId registry, String next, Instant now) {
        Cookies.secret(request).ifPresent(means.logins()::end);
        var begun = means.logins().begin(principal, registry.region(), now);
        var address = next.isEmpty() ? new Links(registry.region()).overview() : next;
        return Cookies.set(html.next(address), request, begun.secret(), Duration.between(now, begun.endsAt()));
    }

    /// Ends the session.
    HttpResponse out(HttpRequest request) {
        Cookies.secret(request).ifPresent(means.logins()::end);
        return Cookies.drop(html.next(Links.ROOT + PAGE), request);
    }
}
