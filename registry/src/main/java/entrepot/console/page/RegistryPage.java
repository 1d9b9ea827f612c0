package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Links;
import entrepot.console.Page;
import entrepot.console.Part;
import entrepot.console.Visit;
import entrepot.operation.registry.GetRegistryPolicy;
import entrepot.operation.registry.PutRegistryPolicy;

/// Who else may do what with a registry: its policy, to be read and to be written.
public final class RegistryPage implements Page {

    /// What the page shows.
    ///
    /// @param text of the policy, or what was sent in its place
    /// @param policy that is in force
    /// @param problem why what was sent was not taken; empty for nothing
    /// @param done what was just done; empty for nothing
    public record Model(String account, String region, String text, Part<String> policy, String problem, String done) {}

    @Override
    public Answer answer(Visit visit) {
        if (visit.form().parameters().isEmpty()) {
            return page(visit, "", "");
        }
        var put = visit.part(PutRegistryPolicy.class, new PutRegistryPolicy.Input(visit.sent("policy")));
        return put.found().isPresent()
                ? new Answer.Next(Links.with(visit.links().to("registry"), "done", "policy"))
                : page(visit, visit.sent("policy"), put.why());
    }

    private static Answer page(Visit visit, String sent, String problem) {
        var policy = visit.part(GetRegistryPolicy.class, new GetRegistryPolicy.Input())
                .map(found -> Texts.indented(found.policyText()));
        var text = sent.isEmpty() ? policy.found().orElse("") : sent;
        var registry = visit.caller().registry();
        var model =
                new Model(registry.account().value(), registry.region(), text, policy, problem, visit.asked("done"));
        return new Answer.Shown(problem.isEmpty() ? 200 : 400, "Registry", "registry", model);
    }
}
