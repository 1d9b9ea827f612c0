package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Page;
import entrepot.console.Part;
import entrepot.console.Visit;
import entrepot.domain.Arn;
import entrepot.domain.JsonAloneError.RepositoryPolicyNotFound;
import entrepot.domain.RepositoryArn;
import entrepot.operation.identity.policy.EvaluationResult;
import entrepot.operation.identity.policy.SimulatePrincipalPolicy;
import entrepot.operation.repository.GetRepositoryPolicy;
import java.util.List;
import java.util.Optional;

/// Whether a user may do something in AWS's words, with anything: what SimulatePrincipalPolicy answers. Of a
/// repository its policy counts, too, where whoever asks may read it.
public final class WhoMayPage implements Page {

    private static final String ELSEWHERE =
            "the repository is in another region or of another account than this page, which reads policies of its own alone.";

    /// What the page shows.
    ///
    /// @param who a user's name or ARN
    /// @param action such as `ecr:PutImage`
    /// @param resource an ARN, or `*`
    /// @param answer empty where nothing was asked
    /// @param note what did not count
    public record Model(
            String who, String action, String resource, Optional<Part<EvaluationResult>> answer, String note) {}

    @Override
    public Answer answer(Visit visit) {
        var who = visit.asked("who");
        var action = visit.asked("action").isEmpty() ? "ecr:PutImage" : visit.asked("action");
        var resource = visit.asked("resource").isEmpty() ? Arn.ANY.value() : visit.asked("resource");
        if (who.isEmpty()) {
            return shown(new Model(who, action, resource, Optional.empty(), ""));
        }
        var repository = RepositoryArn.parse(resource);
        var policy = repository
                .filter(arn -> isHere(visit, arn))
                .map(arn ->
                        visit.part(GetRepositoryPolicy.class, new GetRepositoryPolicy.Input(null, arn.repository())));
        var text = policy.flatMap(Part::found).map(GetRepositoryPolicy.Output::policyText);
        var note = policy.map(WhoMayPage::note).orElse(repository.isPresent() ? ELSEWHERE : "");
        var answer = visit.part(SimulatePrincipalPolicy.class, input(arn(visit, who), action, resource, text))
                .map(found -> found.evaluationResults().getFirst());
        return shown(new Model(who, action, resource, Optional.of(answer), note));
    }

    private static boolean isHere(Visit visit, RepositoryArn arn) {
        return arn.registry().equals(visit.caller().registry());
    }

    /// A repository without a policy has nothing that could count.
    private static String note(Part<GetRepositoryPolicy.Output> policy) {
        return policy.refusal()
                        .filter(RepositoryPolicyNotFound.class::isInstance)
                        .isPresent()
                ? ""
                : policy.why();
    }

    private static Answer shown(Model model) {
        return Answer.shown("Who may?", "who-may", model);
    }

    private static SimulatePrincipalPolicy.Input input(
            Arn user, String action, String resource, Optional<String> policy) {
        return new SimulatePrincipalPolicy.Input(
                user,
                null,
                null,
                null,
                List.of(action),
                List.of(resource),
                policy.orElse(null),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Arn arn(Visit visit, String who) {
        var account = visit.caller().principal().account();
        return new Arn(
                who.startsWith("arn:")
                        ? who
                        : "arn:%s:iam::%s:user/%s".formatted(visit.caller().partition(), account, who));
    }
}
