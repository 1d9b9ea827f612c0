package entrepot.server;

import entrepot.auth.token.ConsoleLogins;
import entrepot.aws.Calls;
import entrepot.config.Config;
import entrepot.console.Console;
import entrepot.console.Desk;
import entrepot.console.Figures;
import entrepot.console.SignIn;
import entrepot.console.page.Pages;
import entrepot.http.HttpHandler;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.Router;
import entrepot.http.body.MemoryBudget;
import entrepot.store.MetadataStore;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The console, made when somebody first asks for it, so that a start costs nothing more.
final class ConsoleRoute implements HttpHandler {

    private final Supplier<HttpHandler> maker;
    private volatile @Nullable HttpHandler made;

    /// What it is made of.
    record Parts(
            Config config,
            Proofs proofs,
            Signers signers,
            Calls calls,
            Families families,
            MetadataStore metadata,
            Figures figures) {}

    private ConsoleRoute(Supplier<HttpHandler> maker) {
        this.maker = maker;
    }

    /// @param memory that pages have together with all others
    static Router after(Router others, Parts parts, MemoryBudget memory) {
        return parts.config().identities().console()
                ? others.with(Router.under("/console"), new ConsoleRoute(() -> console(parts, memory)))
                : others;
    }

    private static HttpHandler console(Parts parts, MemoryBudget memory) {
        var proofs = parts.proofs();
        var passwords = proofs.passwords(parts.signers(), false);
        var logins = new ConsoleLogins(parts.metadata(), proofs.keys(), proofs.usage(), new SecureRandom());
        var home = parts.config().registries().home();
        return new Console(
                new SignIn.Means(passwords, logins),
                Desk.of(
                        parts.calls(),
                        parts.families().ecr(),
                        parts.families().services(),
                        parts.families().all()),
                new Console.Proof(proofs.callers(), proofs.regions(), home.region(), proofs.clock()),
                Pages.all(parts.figures(), home.account()),
                memory);
    }

    @Override
    public HttpResponse handle(HttpRequest request) throws IOException {
        var ready = made;
        return (ready == null ? make() : ready).handle(request);
    }

    private synchronized HttpHandler make() {
        var ready = made;
        if (ready == null) {
            ready = maker.get();
            made = ready;
        }
        return ready;
    }
}
