package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Links;
import entrepot.console.Page;
import entrepot.console.Part;
import entrepot.console.Visit;
import entrepot.operation.repository.GetRepositoryPolicy;
import entrepot.operation.repository.RepositoryView;
import entrepot.operation.repository.SetRepositoryPolicy;

/// Who else may do what with a repository: its policy, to be read and to be written.
public final class PolicyPage implements Page {

    /// What the page shows.
    ///
    /// @param text of the policy, or what was sent in its place
    /// @param policy that is in force
    /// @param problem why what was sent was not taken; empty for nothing
    /// @param done what was just done; empty for nothing
    /// @param whoMay what was asked of all policies, and their answer
    public record Model(
            RepositoryView repository, String text, Part<String> policy, String problem, String done, WhoMay whoMay) {}

    @Override
    public Answer answer(Visit visit) {
        var name = visit.repository();
        if (!visit.form().parameters().isEmpty()) {
            var input = new SetRepositoryPolicy.Input(null, name, visit.sent("policy"), null);
            var set = visit.part(SetRepositoryPolicy.class, input);
            return set.found().isPresent()
                    ? new Answer.Next(Links.with(visit.links().of("policy", name.value()), "done", "policy"))
                    : page(visit, visit.sent("policy"), set.why());
        }
        return page(visit, "", "");
    }

    private static Answer page(Visit visit, String sent, String problem) {
        var name = visit.repository();
        var policy = visit.part(GetRepositoryPolicy.class, new GetRepositoryPolicy.Input(null, name))
                .map(found -> Texts.indented(found.policyText()));
        var text = sent.isEmpty() ? policy.found().orElse("") : sent;
        var repository = RepositoryPage.repository(visit, name);
        var model = new Model(repository, text, policy, problem, visit.asked("done"), WhoMay.of(visit, name));
        return new Answer.Shown(problem.isEmpty() ? 200 : 400, name.value(), "policy", model);
    }
}
