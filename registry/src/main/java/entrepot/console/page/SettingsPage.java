package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Page;
import entrepot.console.Part;
import entrepot.console.Visit;
import entrepot.domain.ResourceTag;
import entrepot.domain.TagMutability;
import entrepot.operation.repository.ListTagsForResource;
import entrepot.operation.repository.RepositoryView;
import java.util.List;

/// How a repository is set, and what can be changed of it.
public final class SettingsPage implements Page {

    /// What the page shows.
    ///
    /// @param exclusions tags for which the opposite holds, a pattern a line
    /// @param modes that tags can have
    /// @param done what was just done, as the page that did it calls it; empty for nothing
    public record Model(
            RepositoryView repository,
            String exclusions,
            List<TagMutability.Mode> modes,
            Part<List<ResourceTag>> tags,
            String done) {}

    @Override
    public Answer answer(Visit visit) {
        var name = visit.repository();
        var repository = RepositoryPage.repository(visit, name);
        var tags = visit.part(
                        ListTagsForResource.class,
                        new ListTagsForResource.Input(repository.repositoryArn().value()))
                .map(ListTagsForResource.Output::tags);
        var model = new Model(
                repository, exclusions(repository), List.of(TagMutability.Mode.values()), tags, visit.asked("done"));
        return Answer.shown(name.value(), "settings", model);
    }

    private static String exclusions(RepositoryView repository) {
        var filters = repository.imageTagMutabilityExclusionFilters();
        return filters == null
                ? ""
                : String.join(
                        "\n",
                        filters.stream()
                                .map(RepositoryView.ExclusionFilter::filter)
                                .toList());
    }
}
