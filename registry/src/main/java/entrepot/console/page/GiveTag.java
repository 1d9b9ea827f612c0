package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Links;
import entrepot.console.Visit;
import entrepot.console.Words;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RegistryException;
import entrepot.domain.StoredManifest;
import entrepot.domain.Tag;
import entrepot.operation.image.BatchGetImage;
import entrepot.operation.image.ImageView;
import entrepot.operation.image.PutImage;
import java.util.ArrayList;
import java.util.List;

/// Points a tag at an image, wherever it pointed before.
final class GiveTag implements Act {

    @Override
    public Question question(Visit visit) {
        var name = visit.repository();
        var tag = new Tag(visit.asked("tag"));
        var images = new Images(visit, name);
        var image = ImagePage.image(images, visit.asked("digest"));
        var changes = new ArrayList<String>();
        changes.add("The tag %s of repository %s will point at %s.".formatted(tag, name, image.imageDigest()));
        changes.add(before(images, tag));
        return new Question("Point the tag here?", changes, "Point the tag here", false);
    }

    private static String before(Images images, Tag tag) {
        try {
            var before = ImagePage.image(images, tag.name());
            var others = ImagePage.tags(before).size() - 1;
            return "It points at %s now, which then has %s."
                    .formatted(before.imageDigest(), others == 0 ? "no tag" : others + " other tags");
        } catch (RegistryException e) {
            return "There is no such tag now.";
        }
    }

    @Override
    public Answer perform(Visit visit) {
        var name = visit.repository();
        var digest = visit.asked("digest");
        var ids = List.of(new ImageIdentifier(digest, null));
        var found = visit.call(BatchGetImage.class, new BatchGetImage.Input(null, name, ids, null, true));
        for (var failure : found.failures()) {
            return new Words("That cannot be done", failure.failureReason(), failure.failureCode()).answer(400);
        }
        var image = found.images().getFirst();
        var input = new PutImage.Input(
                null,
                name,
                bytes(image),
                image.imageManifestMediaType().value(),
                new Tag(visit.asked("tag")),
                image.imageId().imageDigest());
        visit.call(PutImage.class, input);
        return new Answer.Next(Links.with(visit.links().image(name.value(), digest), "done", "tagged"));
    }

    private static ManifestBytes bytes(ImageView image) {
        return switch (image.imageManifest()) {
            case ManifestBytes bytes -> bytes;
            case StoredManifest stored -> new ManifestBytes(stored.read(0, stored.length()));
        };
    }
}
