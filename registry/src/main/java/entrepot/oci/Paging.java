package entrepot.oci;

import entrepot.domain.Digest;
import entrepot.domain.RepositoryName;
import entrepot.http.Query;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the query of a list says: `n`, how many at most, and `last`, where the page before it ended, or any text
/// at all.
///
/// Source: OCI distribution specification, "Listing Tags".
record Paging(Query query, Form form) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final int MOST_DIGITS = 9;

    /// As many as ECR takes at once.
    private static final int MOST_TYPES = 5;

    OciRequest.Catalog catalog() {
        return new OciRequest.Catalog(n(form.usualPage()), last().orElse(null));
    }

    OciRequest.ListTags tags(RepositoryName repository) {
        return new OciRequest.ListTags(repository, n(form.usualPage()), last().orElse(null));
    }

    OciRequest.ListReferrers referrers(RepositoryName repository, Digest subject) {
        var types = query.all("artifactType").stream()
                .filter(type -> !type.isEmpty())
                .distinct()
                .toList();
        if (types.size() > MOST_TYPES) {
            throw new OciException(400, "UNSUPPORTED", "No more than %d artifact types at once".formatted(MOST_TYPES));
        }
        return new OciRequest.ListReferrers(
                repository,
                subject,
                types,
                n(form.usualPageOfReferrers()),
                query.first("nextToken").orElse(null));
    }

    private Optional<String> last() {
        return query.first("last").map(Paging::storable).filter(text -> !text.isEmpty());
    }

    private int n(int usual) {
        return query.first("n").map(Paging::number).orElse(usual);
    }

    /// More than an int holds is more than any page has.
    private static int number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new OciException(400, "PAGINATION_NUMBER_INVALID", "The number of results asked for is invalid");
        }
        var digits = text.replaceFirst("^0+(?=.)", "");
        return digits.length() > MOST_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    /// No name has U+0000, which no store takes; so what comes after a text with it comes after what is before that.
    private static String storable(String text) {
        var end = text.indexOf(0);
        return end < 0 ? text : text.substring(0, end);
    }
}
