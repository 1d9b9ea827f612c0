package entrepot.console.page;

import entrepot.console.Visit;
import entrepot.console.page.RepositoriesPage.Search;
import entrepot.operation.repository.DescribeRepositories;
import entrepot.operation.repository.RepositoryView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Goes through repositories in the order of their names, as far as one page may take.
record RepositorySearch(Visit visit, Search search) {

    /// How long names are looked at for one page.
    private static final Duration PATIENCE = Duration.ofMillis(60);

    private static final int LOT = 1_000;

    /// What was found.
    ///
    /// @param next what to go on after; empty if there is nothing more
    /// @param isWhole whether the page is full, or nothing is left
    record Found(List<RepositoryView> rows, String next, boolean isWhole) {}

    Found page(int size) {
        var isPrefix = !search.isPart() || search.text().isEmpty();
        return isPrefix ? beginning(size) : containing(size);
    }

    private Found beginning(int size) {
        var after = search.after().compareTo(before(search.text())) > 0 ? search.after() : before(search.text());
        var lot = lot(after, size);
        var rows = lot.repositories().stream().filter(this::isFound).toList();
        var isMore =
                lot.nextToken() != null && rows.size() == lot.repositories().size();
        return new Found(rows, isMore ? name(rows.getLast()) : "", true);
    }

    private Found containing(int size) {
        var rows = new ArrayList<RepositoryView>();
        var after = search.after();
        var end = System.nanoTime() + PATIENCE.toNanos();
        do {
            var lot = lot(after, LOT);
            for (var repository : lot.repositories()) {
                after = name(repository);
                if (isFound(repository)) {
                    rows.add(repository);
                }
                if (rows.size() == size) {
                    return new Found(rows, after, true);
                }
            }
            if (lot.nextToken() == null) {
                return new Found(rows, "", true);
            }
        } while (System.nanoTime() < end);
        return new Found(rows, after, false);
    }

    private DescribeRepositories.Output lot(String after, int size) {
        var token = after.isEmpty() ? null : DescribeRepositories.afterText(after);
        return visit.call(DescribeRepositories.class, new DescribeRepositories.Input(null, null, token, size));
    }

    private boolean isFound(RepositoryView repository) {
        return search.finds(name(repository));
    }

    private static String name(RepositoryView repository) {
        return repository.repositoryName().value();
    }

    /// What stands right before every name that begins so: no name has the last character that there is in ASCII.
    private static String before(String prefix) {
        if (prefix.isEmpty() || prefix.charAt(prefix.length() - 1) == 0) {
            return "";
        }
        var last = prefix.length() - 1;
        return prefix.substring(0, last) + (char) (prefix.charAt(last) - 1) + '\u007f';
    }
}
