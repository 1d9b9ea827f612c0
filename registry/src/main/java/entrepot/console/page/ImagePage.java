package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Page;
import entrepot.console.Part;
import entrepot.console.Visit;
import entrepot.domain.Digest;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.operation.image.ImageDetail;
import entrepot.operation.image.ListImageReferrers;
import entrepot.operation.repository.RepositoryView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An image: its names, what it is made of, what is about it, and how to have it.
public final class ImagePage implements Page {

    /// Names that are shown.
    private static final int TAGS = 50;

    private static final int REFERRERS = 50;

    /// Of a manifest's text, in characters.
    private static final int TEXT = 12_000;

    private static final int LINE = 240;

    /// What the page shows.
    ///
    /// @param tags the first of them
    /// @param moreTags how many there are beside
    /// @param manifest what was pushed, or why it cannot be had
    /// @param text of the manifest, cut where it is long
    /// @param done what was just done, as the page that did it calls it; empty for nothing
    public record Model(
            RepositoryView repository,
            ImageDetail image,
            List<String> tags,
            int moreTags,
            Findings findings,
            Part<ImageManifest> manifest,
            Optional<ImageConfig> config,
            Optional<Layers> layers,
            String text,
            Part<List<ListImageReferrers.ImageReferrer>> referrers,
            List<Command> commands,
            String done,
            Instant now) {}

    /// Something to be typed elsewhere.
    public record Command(String program, String line) {}

    /// All names of an image.
    static List<String> tags(ImageDetail image) {
        var tags = image.imageTags();
        return tags == null ? List.of() : tags.stream().map(Tag::name).toList();
    }

    /// As much of a text that somebody stored as a line has room for.
    public static String shortened(String text) {
        return text.length() <= LINE ? text : text.substring(0, LINE) + "...";
    }

    @Override
    public long memory() {
        return 48 << 20;
    }

    @Override
    public Answer answer(Visit visit) {
        var name = visit.repository();
        var repository = RepositoryPage.repository(visit, name);
        var images = new Images(visit, name);
        var image = image(images, visit.asked("digest"));
        var title = name.value() + " " + Format.brief(image.imageDigest().toString());
        return Answer.shown(title, "image", model(visit, repository, images, image));
    }

    /// Fails with ECR's refusal where it is not there.
    static ImageDetail image(Images images, String digest) {
        return images.named(digest).getFirst();
    }

    private static Model model(Visit visit, RepositoryView repository, Images images, ImageDetail image) {
        var digest = image.imageDigest();
        var manifest = images.manifest(digest);
        var there = manifest.found().flatMap(found -> found);
        var tags = tags(image);
        var name = repository.repositoryName();
        return new Model(
                repository,
                image,
                tags.subList(0, Math.min(TAGS, tags.size())),
                Math.max(0, tags.size() - TAGS),
                Findings.of(image),
                new Part<>(there, manifest.refusal()),
                there.flatMap(found -> ImageConfig.read(visit, name, found.config())),
                there.filter(found -> !found.layers().isEmpty()).map(found -> Layers.of(found, images, digest)),
                there.map(found -> cut(Texts.indented(found.text()))).orElse(""),
                referrers(visit, name, digest),
                new Commands(visit, repository).of(image),
                visit.asked("done"),
                visit.now());
    }

    private static String cut(String text) {
        return text.length() <= TEXT ? text : text.substring(0, TEXT) + "\n... cut here";
    }

    private static Part<List<ListImageReferrers.ImageReferrer>> referrers(
            Visit visit, RepositoryName name, Digest digest) {
        var subject = new ListImageReferrers.SubjectId(digest);
        var input = new ListImageReferrers.Input(null, name, subject, null, null, REFERRERS);
        return visit.part(ListImageReferrers.class, input).map(ListImageReferrers.Output::referrers);
    }
}
