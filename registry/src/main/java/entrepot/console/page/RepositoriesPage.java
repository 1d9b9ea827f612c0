package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Links;
import entrepot.console.Page;
import entrepot.console.Visit;
import entrepot.operation.repository.DescribeRepositories;
import entrepot.operation.repository.RepositoryView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// The repositories of a registry: looked for by how their names begin or what is in them, and paged through.
public final class RepositoriesPage implements Page {

    /// Rows of a page.
    private static final int SIZE = 40;

    /// How many repositories are put into another order than that of their names.
    static final int SORTED = 1_000;

    /// What was asked for.
    ///
    /// @param text that names begin with, or have somewhere
    /// @param isPart whether it may be anywhere
    /// @param isNewest whether those made last come first
    /// @param after what the page before ended with; empty for the first one
    public record Search(String text, boolean isPart, boolean isNewest, String after) {

        static Search of(Visit visit) {
            return new Search(
                    visit.asked("q"),
                    visit.asked("match").equals("part"),
                    visit.asked("sort").equals("newest"),
                    visit.asked("after"));
        }

        boolean finds(String name) {
            return isPart ? name.contains(text) : name.startsWith(text);
        }

        String address(Visit visit) {
            var found = Links.with(visit.links().repositories(), "q", text);
            var matched = isPart ? Links.with(found, "match", "part") : found;
            return isNewest ? Links.with(matched, "sort", "newest") : matched;
        }
    }

    /// What the page shows.
    ///
    /// @param before the address of the rows before, where that is known; empty for none
    /// @param after the address of the next rows, or of a longer search; empty for none
    /// @param note what is to be said of the list
    /// @param done what was just done; empty for nothing
    public record Model(
            Search search,
            List<RepositoryView> rows,
            Instant now,
            String before,
            String after,
            String note,
            String done) {

        public Model {
            rows = List.copyOf(rows);
        }

        /// Whether there is nothing to be found at all.
        public boolean isEmpty() {
            return rows.isEmpty() && search.text().isEmpty() && search.after().isEmpty();
        }
    }

    @Override
    public Answer answer(Visit visit) {
        var search = Search.of(visit);
        return Answer.shown(
                "Repositories", "repositories", search.isNewest() ? newest(visit, search) : byName(visit, search));
    }

    private static Model byName(Visit visit, Search search) {
        var found = new RepositorySearch(visit, search).page(SIZE);
        var after = found.next().isEmpty() ? "" : Links.with(search.address(visit), "after", found.next());
        var note = found.isWhole() ? "" : "Names were searched as far as %s so far.".formatted(found.next());
        var before = search.after().isEmpty() ? "" : search.address(visit);
        return new Model(search, found.rows(), visit.now(), before, after, note, visit.asked("done"));
    }

    private static Model newest(Visit visit, Search search) {
        var input = new DescribeRepositories.Input(null, null, null, SORTED);
        var all = visit.call(DescribeRepositories.class, input);
        if (all.nextToken() != null) {
            var model = byName(visit, search);
            var note = "In the order of names: there are more than %,d repositories.".formatted(SORTED);
            return new Model(search, model.rows(), visit.now(), model.before(), model.after(), note, "");
        }
        var sorted = all.repositories().stream()
                .filter(repository -> search.finds(repository.repositoryName().value()))
                .sorted(Comparator.comparing(RepositoryView::createdAt).reversed())
                .toList();
        var slice = Slice.of(sorted, SIZE, visit, search.address(visit));
        return new Model(search, slice.rows(), visit.now(), slice.before(), slice.after(), "", "");
    }
}
