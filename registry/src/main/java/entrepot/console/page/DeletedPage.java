package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Page;
import entrepot.console.Part;
import entrepot.console.Visit;
import entrepot.operation.history.ListDeletedImages;
import entrepot.operation.repository.RepositoryView;
import java.time.Instant;

/// What was deleted from a repository and may be had back.
public final class DeletedPage implements Page {

    /// What the page shows.
    ///
    /// @param done what was just done; empty for nothing
    public record Model(RepositoryView repository, Part<ListDeletedImages.Output> images, String done, Instant now) {}

    @Override
    public Answer answer(Visit visit) {
        var name = visit.repository();
        var images = visit.part(ListDeletedImages.class, new ListDeletedImages.Input(name));
        var model = new Model(RepositoryPage.repository(visit, name), images, visit.asked("done"), visit.now());
        return Answer.shown(name.value(), "deleted", model);
    }
}
