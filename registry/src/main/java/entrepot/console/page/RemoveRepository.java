package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Links;
import entrepot.console.Visit;
import entrepot.operation.repository.DeleteRepository;
import java.util.ArrayList;
import java.util.List;

/// Deletes a repository with all that is in it.
final class RemoveRepository implements Act {

    private static final int NAMED = 10;

    @Override
    public Question question(Visit visit) {
        var name = visit.repository();
        RepositoryPage.repository(visit, name);
        var images = new Images(visit, name).first();
        var goes = new ArrayList<String>();
        goes.add("Repository %s goes, with its policies and its settings.".formatted(name));
        goes.add(
                images.isEmpty()
                        ? "It has no images that you may see."
                        : "Its images go, too: " + count(images.size()));
        images.stream()
                .limit(NAMED)
                .map(image -> image.imageDigest() + " "
                        + String.join(
                                ", ",
                                ImagePage.tags(image).stream().limit(NAMED).toList()))
                .forEach(goes::add);
        return new Question("Delete this repository?", List.copyOf(goes), "Delete the repository", true);
    }

    private static String count(int seen) {
        return seen < Images.FEW
                ? "%d, of which these are the first.".formatted(seen)
                : "%d or more, of which these are the first.".formatted(seen);
    }

    @Override
    public Answer perform(Visit visit) {
        visit.call(DeleteRepository.class, new DeleteRepository.Input(null, visit.repository(), true));
        return new Answer.Next(Links.with(visit.links().repositories(), "done", "repository-deleted"));
    }
}
