package entrepot.console;

/// What comes of a visit.
public sealed interface Answer {

    /// A page.
    ///
    /// @param title of the page, in the browser's words
    /// @param template that makes it
    /// @param model what the template shows
    record Shown(int status, String title, String template, Object model) implements Answer {}

    /// Another page, which is to be looked at next.
    ///
    /// @param address below [Links#ROOT]
    record Next(String address) implements Answer {}

    static Answer shown(String title, String template, Object model) {
        return new Shown(200, title, template, model);
    }
}
