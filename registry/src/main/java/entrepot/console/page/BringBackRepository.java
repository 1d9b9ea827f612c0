package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Links;
import entrepot.console.Visit;
import entrepot.operation.history.RestoreRepository;
import java.util.List;

/// Brings back a repository that was deleted.
final class BringBackRepository implements Act {

    @Override
    public Question question(Visit visit) {
        return new Question(
                "Bring this repository back?",
                List.of(
                        "Repository %s is there again, with all that it had when it was deleted."
                                .formatted(visit.repository()),
                        "Its policies hold again. Its lifecycle policy runs again, after a while."),
                "Bring it back",
                false);
    }

    @Override
    public Answer perform(Visit visit) {
        var name = visit.repository();
        visit.call(RestoreRepository.class, new RestoreRepository.Input(name));
        return new Answer.Next(Links.with(visit.links().repository(name.value()), "done", "undeleted"));
    }
}
