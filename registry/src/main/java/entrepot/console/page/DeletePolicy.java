package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Links;
import entrepot.console.Visit;
import entrepot.operation.repository.DeleteRepositoryPolicy;
import java.util.List;

/// Takes a repository's policy away.
final class DeletePolicy implements Act {

    @Override
    public Question question(Visit visit) {
        return new Question(
                "Delete the policy?",
                List.of(
                        "The policy of repository %s goes.".formatted(visit.repository()),
                        "What it alone allowed is denied from then on; what it alone denied may be allowed."),
                "Delete the policy",
                true);
    }

    @Override
    public Answer perform(Visit visit) {
        var name = visit.repository();
        visit.call(DeleteRepositoryPolicy.class, new DeleteRepositoryPolicy.Input(null, name));
        return new Answer.Next(Links.with(visit.links().of("policy", name.value()), "done", "policy-deleted"));
    }
}
