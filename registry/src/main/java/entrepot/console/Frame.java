package entrepot.console;

import entrepot.auth.token.ConsoleLogins.Login;
import org.jspecify.annotations.Nullable;

/// What is around every page.
///
/// @param title of the page
/// @param region that is looked at
/// @param section that the page is in: the first part of its address
/// @param registry the account's number, empty where nobody is signed in
/// @param login null where nobody is signed in
/// @param refresh seconds after which the page may be had again; 0 for never
public record Frame(
        String title,
        String region,
        String section,
        String registry,
        @Nullable Login login,
        int refresh) {

    /// Around a page for whoever comes.
    static Frame outside(String title) {
        return new Frame(title, "", "", "", null, 0);
    }

    static Frame around(Answer.Shown shown, Visit visit) {
        var refresh = shown.model() instanceof Refreshed model ? model.refresh() : 0;
        var registry = visit.caller().registry();
        return new Frame(
                shown.title(),
                registry.region(),
                visit.path(),
                registry.account().value(),
                visit.login(),
                refresh);
    }

    public Links links() {
        return new Links(region);
    }

    /// Who is signed in.
    public String who() {
        return login == null ? "" : login.principal().arn();
    }

    public String formToken() {
        return login == null ? "" : login.formToken();
    }

    /// A page that changes by itself while something is under way.
    public interface Refreshed {

        /// In seconds; 0 for never.
        int refresh();
    }
}
