package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Links;
import entrepot.console.Visit;
import entrepot.domain.Digest;
import entrepot.operation.history.ListDeletedImages;
import entrepot.operation.history.UndeleteImage;
import java.util.ArrayList;
import java.util.List;

/// Brings back an image that was deleted.
final class BringBack implements Act {

    @Override
    public Question question(Visit visit) {
        var name = visit.repository();
        var digest = Digest.parse(visit.asked("digest"));
        var changes = new ArrayList<String>();
        changes.add("The image %s is in repository %s again, with what it names and what refers to it."
                .formatted(digest, name));
        visit.call(ListDeletedImages.class, new ListDeletedImages.Input(name)).images().stream()
                .filter(image -> image.digest().equals(digest) && !image.tags().isEmpty())
                .map(image -> DeleteImage.listed(
                        image.tags().stream().map(Object::toString).toList()))
                .findFirst()
                .ifPresent(tags -> changes.add("Of its tags those come back that point nowhere now: " + tags + "."));
        return new Question("Bring this image back?", List.copyOf(changes), "Bring it back", false);
    }

    @Override
    public Answer perform(Visit visit) {
        var name = visit.repository();
        var digest = Digest.parse(visit.asked("digest"));
        visit.call(UndeleteImage.class, new UndeleteImage.Input(name, digest));
        return new Answer.Next(Links.with(visit.links().image(name.value(), digest.toString()), "done", "undeleted"));
    }
}
