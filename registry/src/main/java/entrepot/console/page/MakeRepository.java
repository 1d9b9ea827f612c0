package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Links;
import entrepot.console.Visit;
import entrepot.operation.repository.CreateRepository;
import java.util.List;

/// Makes a repository, as CreateRepository makes one of which only the name is given.
final class MakeRepository implements Act {

    @Override
    public Question question(Visit visit) {
        var uri = visit.caller().address().repositoryUri(visit.repository());
        return new Question(
                "Create this repository?",
                List.of("There will be a repository %s, whose tags can be moved.".formatted(uri)),
                "Create the repository",
                false);
    }

    @Override
    public Answer perform(Visit visit) {
        var name = visit.repository();
        visit.call(CreateRepository.class, new CreateRepository.Input(null, name, null, null, null, null, null));
        return new Answer.Next(Links.with(visit.links().repository(name.value()), "done", "created"));
    }
}
