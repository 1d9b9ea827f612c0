package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Links;
import entrepot.console.Visit;
import entrepot.domain.JsonAloneError;
import entrepot.domain.RegistryException;
import entrepot.domain.TagMutability;
import entrepot.operation.repository.PutImageTagMutability;
import entrepot.operation.repository.RepositoryView.ExclusionFilter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says whether tags can be moved.
final class SetMutability implements Act {

    @Override
    public Question question(Visit visit) {
        var repository = RepositoryPage.repository(visit, visit.repository());
        var next = ExclusionFilter.mutability(mode(visit), filters(visit));
        return new Question(
                "Change how tags behave?",
                List.of(
                        "Tags of repository %s are %s now."
                                .formatted(repository.repositoryName(), repository.imageTagMutability()),
                        "They will be %s%s.".formatted(next.mode(), except(visit))),
                "Change it",
                false);
    }

    private static String except(Visit visit) {
        var filters = filters(visit);
        return filters == null
                ? ""
                : ", but for "
                        + String.join(
                                ", ",
                                filters.stream().map(ExclusionFilter::filter).toList());
    }

    private static TagMutability.Mode mode(Visit visit) {
        return Arrays.stream(TagMutability.Mode.values())
                .filter(mode -> mode.name().equals(visit.asked("mode")))
                .findFirst()
                .orElseThrow(() -> new RegistryException(
                        new JsonAloneError.InvalidParameter("imageTagMutability", "must be one of ECR's modes")));
    }

    private static @Nullable List<ExclusionFilter> filters(Visit visit) {
        var filters = visit.asked("exclusions")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> new ExclusionFilter("WILDCARD", line))
                .toList();
        return filters.isEmpty() ? null : filters;
    }

    @Override
    public Answer perform(Visit visit) {
        var name = visit.repository();
        visit.call(
                PutImageTagMutability.class, new PutImageTagMutability.Input(null, name, mode(visit), filters(visit)));
        return new Answer.Next(Links.with(visit.links().of("settings", name.value()), "done", "settings"));
    }
}
