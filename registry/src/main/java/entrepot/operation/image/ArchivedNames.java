package entrepot.operation.image;

import entrepot.domain.Repository;
import entrepot.operation.PageToken;
import entrepot.operation.image.ImageView.ImageId;
import entrepot.operation.image.ListImages.Output;
import entrepot.store.Archive.Name;
import entrepot.store.Archive.Place;
import entrepot.store.Transaction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The names of images of a status that is not ACTIVE, image by image.
final class ArchivedNames {

    private static final String PAGE = "archived";

    private ArchivedNames() {}

    static Output page(Transaction tx, Repository repository, TagFilter filter, @Nullable PageToken token, int size) {
        var status = Objects.requireNonNull(filter.status());
        var after = token == null ? Place.FIRST : token.key(PAGE, ArchivedNames::place);
        var names = tx.archive().names(repository, status, after, filter.tagged(), size + 1);
        var shown = names.subList(0, Math.min(size, names.size()));
        var ids = shown.stream()
                .map(name -> new ImageId(name.digest(), name.tag()))
                .toList();
        return new Output(ids, shown.size() < names.size() ? tokenAfter(shown.getLast()) : null);
    }

    /// The id, and the tag after a space, if it has one.
    private static String tokenAfter(Name last) {
        return new PageToken(PAGE, last.id() + (last.tag() == null ? "" : " " + last.tag())).toString();
    }

    private static Place place(String text) {
        var end = text.indexOf(' ');
        return end < 0
                ? new Place(Long.parseLong(text), "")
                : new Place(Long.parseLong(text.substring(0, end)), text.substring(end + 1));
    }
}
