package entrepot.console;

import entrepot.auth.Authentication;
import entrepot.auth.Callers;
import entrepot.auth.Regions;
import entrepot.auth.token.ConsoleLogins.Login;
import entrepot.domain.RegistryException;
import entrepot.http.HttpHandler;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.Query;
import entrepot.http.body.MemoryBudget;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The console: pages for people at `/console/`. Who is signed in asks for them as `/console/REGION/PAGE`, and a
/// page asks the operations that everybody asks, as the access key that they signed in with.
public final class Console implements HttpHandler {

    /// Whatever a page of ours sends: a policy's text, most of it escaped.
    private static final int LONGEST_FORM = 256 << 10;

    private static final Query NOTHING = new Query(List.of());

    private final SignIn signIn;
    private final Desk desk;
    private final Proof proof;
    private final Map<String, Page> pages;
    private final MemoryBudget memory;
    private final Assets assets = new Assets();
    private final Html html = new Html();
    private final Refusals refusals = new Refusals(html);

    /// How it is known who asks, and of what.
    ///
    /// @param home the region that is shown to whoever names none
    public record Proof(Callers callers, Regions regions, String home, InstantSource clock) {}

    /// @param pages by the first part of their address below the region
    /// @param memory that all pages have together with others
    public Console(SignIn.Means means, Desk desk, Proof proof, Map<String, Page> pages, MemoryBudget memory) {
        this.memory = memory;
        this.signIn = new SignIn(means, proof, desk.calls(), desk.ecr(), html);
        this.desk = desk;
        this.proof = proof;
        this.pages = Map.copyOf(pages);
    }

    @Override
    public HttpResponse handle(HttpRequest request) throws IOException {
        if (!request.path().startsWith(Links.ROOT)) {
            return html.next(Links.ROOT);
        }
        var path = request.path().substring(Links.ROOT.length());
        if (path.startsWith(Assets.FOLDER)) {
            return assets.find(path.substring(Assets.FOLDER.length())).orElseGet(refusals::notFound);
        }
        if (!SameSite.isSafe(request)) {
            return refusals.unsafe();
        }
        return switch (request.method()) {
            case "GET", "HEAD" -> looked(request, path);
            case "POST" -> SameSite.sent(request) ? sent(request, path) : refusals.foreign();
            default -> refusals.notAllowed();
        };
    }

    private HttpResponse looked(HttpRequest request, String path) {
        return switch (path) {
            case SignIn.PAGE -> signIn.page(request);
            case "" -> html.next(new Links(region(request)).overview());
            default ->
                signIn.login(request)
                        .map(login -> answer(request, login, path, NOTHING))
                        .orElseGet(() -> signIn.first(request));
        };
    }

    /// The region that somebody chose, if it is one.
    private String region(HttpRequest request) {
        return Query.ofUri(request.query())
                .first("region")
                .filter(proof.regions()::serves)
                .orElse(proof.home());
    }

    private HttpResponse sent(HttpRequest request, String path) throws IOException {
        if (path.equals(SignIn.PAGE)) {
            return signIn.sent(request);
        }
        var login = signIn.login(request);
        if (login.isEmpty()) {
            return signIn.first(request);
        }
        var form = Forms.read(request, LONGEST_FORM);
        if (form.isEmpty()) {
            return refusals.tooLarge();
        }
        if (!login.get().madeForm(form.get().first("form-token").orElse(""))) {
            return refusals.foreign();
        }
        return path.equals(SignIn.OUT) ? signIn.out(request) : answer(request, login.get(), path, form.get());
    }

    private HttpResponse answer(HttpRequest request, Login login, String path, Query form) {
        var parts = path.split("/", 2);
        var page = Optional.ofNullable(parts.length == 2 ? pages.get(parts[1]) : null);
        if (page.isEmpty() || !proof.regions().serves(parts[0])) {
            return refusals.notFound();
        }
        var principal = login.principal();
        var proven = new Authentication.Proven(principal, principal.account(), parts[0]);
        var caller = proof.callers().ofApi(proven, request.calledAs(), request.origin());
        var query = Query.parse(request.query());
        var visit = new Visit(
                caller, login, desk, parts[1], query, form, proof.clock().instant());
        return answer(visit, page.get());
    }

    private HttpResponse answer(Visit visit, Page page) {
        try (var _ = memory.reserve(page.memory())) {
            return switch (page.answer(visit)) {
                case Answer.Shown shown ->
                    html.page(shown.status(), Frame.around(shown, visit), shown.template(), shown.model());
                case Answer.Next(var address) -> html.next(address);
            };
        } catch (RegistryException e) {
            return refusals.of(e.error(), visit);
        }
    }
}
