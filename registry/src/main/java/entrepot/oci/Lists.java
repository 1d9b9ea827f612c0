package entrepot.oci;

import entrepot.domain.Difference;
import entrepot.domain.Tag;
import entrepot.http.HttpResponse;
import entrepot.http.body.Spools;
import entrepot.operation.image.ListImages;
import entrepot.operation.repository.DescribeRepositories;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The lists of tags and of repositories, page by page.
///
/// Source: OCI distribution specification, "Listing Tags"; Docker Registry HTTP API V2, "Catalog".
///
/// @param spools for long pages
record Lists(OciFamilies families, OciCalls calls, Spools spools) {

    private record TagList(String name, List<String> tags) {}

    private record RepositoryList(List<String> repositories) {}

    HttpResponse tags(OciRequest.ListTags request) {
        var after = after(request.last(), ListImages::afterText);
        var input = ListImages.Input.ofTags(request.repository(), after, size(request.n()));
        var page = calls.call(families.images().listImages(), input);
        var tags = shown(request.n(), page.tags()).stream().map(Tag::name).toList();
        var next = next(page.nextToken(), tags, "/v2/" + request.repository() + "/tags/list");
        return withNext(
                next, answer(tagListType(), new TagList(request.repository().value(), tags)));
    }

    HttpResponse catalog(OciRequest.Catalog request) {
        var after = after(request.last(), DescribeRepositories::afterText);
        var input = new DescribeRepositories.Input(null, null, after, size(request.n()));
        var page = calls.call(families.repositories().describeRepositories(), input);
        var names = shown(request.n(), page.repositories()).stream()
                .map(repository -> repository.repositoryName().value())
                .toList();
        return withNext(next(page.nextToken(), names, "/v2/_catalog"), answer(OciJson.TYPE, new RepositoryList(names)));
    }

    /// The operations know no page of nothing, the specification does. Whoever asks for one is told all the same
    /// whether there is anything to list.
    private static int size(int n) {
        return Math.max(1, n);
    }

    private static <T> List<T> shown(int n, List<T> page) {
        return n == 0 ? List.of() : page;
    }

    private String tagListType() {
        return calls.form().isEcrs(Difference.TAG_LIST_TYPE) ? "text/plain; charset=utf-8" : OciJson.TYPE;
    }

    /// What comes next begins after the last name here; ECR's begins where an opaque token says.
    private @Nullable String after(@Nullable String last, UnaryOperator<String> token) {
        return last == null || calls.form().isEcrs(Difference.PAGING) ? last : token.apply(last);
    }

    /// The address of the next page, if there is one after these entries.
    private @Nullable String next(@Nullable String token, List<String> shown, String path) {
        if (token == null || shown.isEmpty()) {
            return null;
        }
        return calls.form().isEcrs(Difference.PAGING)
                ? calls.caller().address().endpoint() + page(path, token, shown.size())
                : page(path, shown.getLast(), shown.size());
    }

    private static String page(String path, String last, int n) {
        return "%s?last=%s&n=%d".formatted(path, last, n);
    }

    private static HttpResponse withNext(@Nullable String next, HttpResponse response) {
        return next == null ? response : response.with("Link", "<%s>; rel=\"next\"".formatted(next));
    }

    private HttpResponse answer(String type, Record body) {
        return HttpResponse.of(200).withBody(type, OciJson.answer(body, spools));
    }
}
