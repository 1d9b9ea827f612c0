package entrepot.console.page;

import entrepot.console.Part;
import entrepot.console.Visit;
import entrepot.domain.Arn;
import entrepot.domain.RepositoryName;
import entrepot.operation.identity.policy.ExplainAccess;
import java.util.List;
import java.util.Optional;

/// Whether somebody may do something with a repository, as all policies together have it.
///
/// @param who a user's name, or the ARN of a user or a root
/// @param action without `ecr:`
/// @param actions that there are
/// @param answer empty where nothing was asked
public record WhoMay(String who, String action, List<String> actions, Optional<Part<ExplainAccess.Output>> answer) {

    public WhoMay {
        actions = List.copyOf(actions);
    }

    static WhoMay of(Visit visit, RepositoryName repository) {
        var who = visit.asked("who");
        var actions = visit.desk().ecr().entries().keySet().stream().sorted().toList();
        var action = actions.contains(visit.asked("action")) ? visit.asked("action") : "BatchGetImage";
        return new WhoMay(
                who,
                action,
                actions,
                who.isEmpty() ? Optional.empty() : Optional.of(answer(visit, repository, who, action)));
    }

    private static Part<ExplainAccess.Output> answer(
            Visit visit, RepositoryName repository, String who, String action) {
        var input = new ExplainAccess.Input(arn(visit, who), repository, "ecr:" + action);
        return visit.part(ExplainAccess.class, input);
    }

    private static Arn arn(Visit visit, String who) {
        var account = visit.caller().principal().account();
        return new Arn(
                who.startsWith("arn:")
                        ? who
                        : "arn:%s:iam::%s:user/%s".formatted(visit.caller().partition(), account, who));
    }
}
