package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Links;
import entrepot.console.Visit;
import entrepot.operation.registry.DeleteRegistryPolicy;
import java.util.List;

/// Takes a registry's policy away.
final class DeleteRegistryPolicyAct implements Act {

    @Override
    public Question question(Visit visit) {
        var registry = visit.caller().registry();
        return new Question(
                "Delete the registry's policy?",
                List.of(
                        "The policy of registry %s in %s goes.".formatted(registry.account(), registry.region()),
                        "What it alone allowed is denied from then on; what it alone denied may be allowed."),
                "Delete the policy",
                true);
    }

    @Override
    public Answer perform(Visit visit) {
        visit.call(DeleteRegistryPolicy.class, new DeleteRegistryPolicy.Input());
        return new Answer.Next(Links.with(visit.links().to("registry"), "done", "policy-deleted"));
    }
}
