package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Links;
import entrepot.console.Visit;
import entrepot.operation.lifecycle.DeleteLifecyclePolicy;
import java.util.List;

/// Takes a repository's lifecycle policy away.
final class DeleteLifecycle implements Act {

    @Override
    public Question question(Visit visit) {
        return new Question(
                "Delete the lifecycle policy?",
                List.of(
                        "The lifecycle policy of repository %s goes.".formatted(visit.repository()),
                        "Images stay then, however old they get."),
                "Delete the policy",
                true);
    }

    @Override
    public Answer perform(Visit visit) {
        var name = visit.repository();
        visit.call(DeleteLifecyclePolicy.class, new DeleteLifecyclePolicy.Input(null, name));
        return new Answer.Next(Links.with(visit.links().of("lifecycle", name.value()), "done", "lifecycle-deleted"));
    }
}
