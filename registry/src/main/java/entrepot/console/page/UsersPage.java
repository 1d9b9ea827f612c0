package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Links;
import entrepot.console.Page;
import entrepot.console.Part;
import entrepot.console.Visit;
import entrepot.operation.identity.user.ListUsers;
import java.time.Instant;

/// The users of the account.
public final class UsersPage implements Page {

    /// Rows of a page.
    private static final int SIZE = 40;

    /// What the page shows.
    ///
    /// @param before the address of the first page; empty on it
    /// @param after the address of the next rows; empty for none
    public record Model(Part<ListUsers.Output> users, String before, String after, Instant now) {}

    @Override
    public Answer answer(Visit visit) {
        var users = visit.part(ListUsers.class, new ListUsers.Input(null, visit.orNull("after"), SIZE));
        var address = visit.links().to("users");
        var after = users.found()
                .map(ListUsers.Output::marker)
                .map(marker -> Links.with(address, "after", marker))
                .orElse("");
        return Answer.shown(
                "Users", "users", new Model(users, visit.asked("after").isEmpty() ? "" : address, after, visit.now()));
    }
}
