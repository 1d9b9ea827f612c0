package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Links;
import entrepot.console.Visit;
import entrepot.console.Words;
import entrepot.domain.ImageIdentifier;
import entrepot.operation.image.BatchDeleteImage;
import java.util.ArrayList;
import java.util.List;

/// Deletes an image with all its names.
final class DeleteImage implements Act {

    /// Names that the question names.
    private static final int NAMED = 20;

    @Override
    public Question question(Visit visit) {
        var name = visit.repository();
        var image = ImagePage.image(new Images(visit, name), visit.asked("digest"));
        var tags = ImagePage.tags(image);
        var goes = new ArrayList<String>();
        goes.add("The image %s of repository %s goes, %s in all."
                .formatted(image.imageDigest(), name, Format.bytes(image.imageSizeInBytes())));
        goes.add(tags.isEmpty() ? "It has no tags." : "Its tags go, too: " + listed(tags) + ".");
        if (image.imageManifestMediaType().isIndex()) {
            goes.add("The images that it names stay.");
        }
        goes.add("Whoever pulls it by these names gets an error from then on.");
        return new Question("Delete this image?", goes, "Delete the image", true);
    }

    static String listed(List<String> names) {
        var first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() <= NAMED ? first : "%s and %,d more".formatted(first, names.size() - NAMED);
    }

    @Override
    public Answer perform(Visit visit) {
        return delete(visit, new ImageIdentifier(visit.asked("digest"), null), "image-deleted");
    }

    static Answer delete(Visit visit, ImageIdentifier id, String done) {
        var name = visit.repository();
        var output = visit.call(BatchDeleteImage.class, new BatchDeleteImage.Input(null, name, List.of(id)));
        for (var failure : output.failures()) {
            return new Words("That cannot be done", failure.failureReason(), failure.failureCode()).answer(400);
        }
        return new Answer.Next(Links.with(visit.links().repository(name.value()), "done", done));
    }
}
