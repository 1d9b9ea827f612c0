package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Page;
import entrepot.console.Part;
import entrepot.console.Visit;
import entrepot.operation.history.ListDeletedRepositories;
import java.time.Instant;

/// Which repositories were deleted and may be had back.
public final class GonePage implements Page {

    /// What the page shows.
    public record Model(Part<ListDeletedRepositories.Output> repositories, Instant now) {}

    @Override
    public Answer answer(Visit visit) {
        var found = visit.part(ListDeletedRepositories.class, new ListDeletedRepositories.Input());
        return Answer.shown("Deleted repositories", "gone", new Model(found, visit.now()));
    }
}
