package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Visit;
import entrepot.domain.ImageIdentifier;
import java.util.List;

/// Takes a tag away, and with the last one the image, as ECR does.
final class DeleteTag implements Act {

    @Override
    public Question question(Visit visit) {
        var name = visit.repository();
        var tag = visit.asked("tag");
        var image = ImagePage.image(new Images(visit, name), tag);
        var rest = ImagePage.tags(image).stream()
                .filter(other -> !other.equals(tag))
                .toList();
        var fate = rest.isEmpty()
                ? "It is the image's last tag, so the image goes, too: " + Format.bytes(image.imageSizeInBytes()) + "."
                : "The image stays, with the tags " + DeleteImage.listed(rest) + ".";
        var goes = "The tag %s of repository %s goes. It points at %s.".formatted(tag, name, image.imageDigest());
        return new Question("Delete this tag?", List.of(goes, fate), "Delete the tag", true);
    }

    @Override
    public Answer perform(Visit visit) {
        return DeleteImage.delete(visit, new ImageIdentifier(null, visit.asked("tag")), "tag-deleted");
    }
}
