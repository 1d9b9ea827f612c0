package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Page;
import entrepot.console.Part;
import entrepot.console.Visit;
import entrepot.domain.EveryApiError;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryName;
import entrepot.operation.image.ImageDetail;
import entrepot.operation.repository.DescribeRepositories;
import entrepot.operation.repository.RepositoryView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A repository: its images, a row each.
public final class RepositoryPage implements Page {

    /// Rows of a page.
    private static final int SIZE = 25;

    /// Names of an image that a row shows.
    private static final int TAGS = 8;

    /// What the page shows.
    ///
    /// @param find the tag or digest that was looked for; empty for none
    /// @param done what was just done, as the page that did it calls it; empty for nothing
    public record Model(
            RepositoryView repository,
            String find,
            Part<List<Row>> images,
            String before,
            String after,
            String note,
            String done,
            Instant now) {}

    /// An image.
    ///
    /// @param tags the first of them
    /// @param moreTags how many there are beside
    /// @param platforms of an index
    public record Row(ImageDetail image, List<String> tags, int moreTags, List<String> platforms, Findings findings) {}

    @Override
    public Answer answer(Visit visit) {
        var name = visit.repository();
        var repository = repository(visit, name);
        var images = new Images(visit, name);
        var find = visit.asked("find");
        return Answer.shown(
                name.value(),
                "repository",
                find.isEmpty() ? all(visit, images, repository) : found(visit, images, repository, find));
    }

    /// As everybody is shown it. Fails with ECR's refusal where it is not there.
    static RepositoryView repository(Visit visit, RepositoryName name) {
        var input = new DescribeRepositories.Input(null, List.of(name), null, null);
        return visit.call(DescribeRepositories.class, input).repositories().getFirst();
    }

    private static Model all(Visit visit, Images images, RepositoryView repository) {
        var address = visit.links().repository(repository.repositoryName().value());
        try {
            var some = images.some(SIZE, address);
            var rows = new Part<>(Optional.of(rows(images, some.images())), Optional.empty());
            return new Model(
                    repository, "", rows, some.before(), some.after(), some.note(), visit.asked("done"), visit.now());
        } catch (RegistryException e) {
            if (e.error() instanceof EveryApiError.AccessDenied) {
                return refused(visit, repository, "", e);
            }
            throw e;
        }
    }

    private static Model found(Visit visit, Images images, RepositoryView repository, String find) {
        try {
            var rows = new Part<>(Optional.of(rows(images, images.named(find))), Optional.empty());
            return new Model(repository, find, rows, "", "", "", "", visit.now());
        } catch (RegistryException e) {
            return refused(visit, repository, find, e);
        }
    }

    private static Model refused(Visit visit, RepositoryView repository, String find, RegistryException why) {
        var nothing = new Part<List<Row>>(Optional.empty(), Optional.of(why.error()));
        return new Model(repository, find, nothing, "", "", "", "", visit.now());
    }

    private static List<Row> rows(Images images, List<ImageDetail> details) {
        var indexes = details.stream()
                .filter(image -> image.imageManifestMediaType().isIndex())
                .map(ImageDetail::imageDigest)
                .toList();
        var platforms = images.each(indexes, ImageManifest::platforms);
        return details.stream()
                .map(image -> row(image, platforms.getOrDefault(image.imageDigest(), List.of())))
                .toList();
    }

    private static Row row(ImageDetail image, List<String> platforms) {
        var tags = ImagePage.tags(image);
        return new Row(
                image,
                tags.subList(0, Math.min(TAGS, tags.size())),
                Math.max(0, tags.size() - TAGS),
                platforms,
                Findings.of(image));
    }
}
