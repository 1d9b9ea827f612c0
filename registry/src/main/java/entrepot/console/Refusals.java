package entrepot.console;

import entrepot.domain.EveryApiError;
import entrepot.domain.IamError;
import entrepot.domain.LayerError;
import entrepot.domain.RegistryError;
import entrepot.http.HttpResponse;

/// Pages that say why there is no page.
final class Refusals {

    private final Html html;

    Refusals(Html html) {
        this.html = html;
    }

    /// Of an operation, in its own words.
    HttpResponse of(RegistryError error, Visit visit) {
        var shown = new Answer.Shown(status(error), heading(error), Words.TEMPLATE, words(error));
        return html.page(shown.status(), Frame.around(shown, visit), Words.TEMPLATE, shown.model());
    }

    private static Words words(RegistryError error) {
        var text = error.explanation().isEmpty() ? error.message() : error.message() + ". " + error.explanation();
        return new Words(heading(error), text, error.type());
    }

    private static int status(RegistryError error) {
        return switch (error) {
            case EveryApiError.AccessDenied _ -> 403;
            case EveryApiError.Throttling _, EveryApiError.Unavailable _, LayerError.UploadBusy _ -> 503;
            case EveryApiError.StorageFull _ -> 507;
            case IamError.Identity refused when refused.kind() == IamError.Identity.Kind.NO_SUCH_ENTITY -> 404;
            default -> error.type().contains("NotFound") ? 404 : 400;
        };
    }

    private static String heading(RegistryError error) {
        return switch (status(error)) {
            case 403 -> "You may not";
            case 404 -> "Not there";
            case 503, 507 -> "Not now";
            default -> "That cannot be done";
        };
    }

    HttpResponse notFound() {
        return outside(404, "Not there", "There is no such page.");
    }

    HttpResponse notAllowed() {
        return outside(405, "That cannot be done", "Pages are looked at and forms are sent; there is nothing else.")
                .with("Allow", "GET, HEAD, POST");
    }

    HttpResponse tooLarge() {
        return outside(413, "Too much", "The form is longer than anything that is asked for here.");
    }

    /// Sent by a page that is none of ours, or by one of a session that has ended.
    HttpResponse foreign() {
        return outside(
                403,
                "Not from here",
                "This form did not come from a page of your session here. Nothing was done."
                        + " Open the page anew and try again.");
    }

    /// Over plain HTTP from another machine.
    HttpResponse unsafe() {
        return outside(
                403,
                "Not over plain HTTP",
                "You came here over plain HTTP from another machine: whoever is between could read your key. Use https:"
                        + " set tls.certificate and tls.key, or put a proxy in front that trusted-proxies lists."
                        + " Or come from the machine itself, such as through an SSH tunnel.");
    }

    private HttpResponse outside(int status, String heading, String text) {
        return html.page(status, Frame.outside(heading), Words.TEMPLATE, new Words(heading, text, ""));
    }
}
