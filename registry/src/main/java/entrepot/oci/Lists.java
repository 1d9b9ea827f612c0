package entrepot.oci;

import entrepot.domain.Tag;
import entrepot.http.HttpResponse;
import entrepot.http.body.Spools;
import entrepot.operation.image.ImageView.ImageId;
import entrepot.operation.image.ListImages;
import entrepot.operation.image.TagFilter;
import entrepot.operation.repository.DescribeRepositories;
import java.util.List;
import java.util.Objects;

/// The lists of tags and of repositories, page by page.
///
/// Source: OCI distribution specification, "Listing Tags"; Docker Registry HTTP API V2, "Catalog".
///
/// @param spools for long pages
record Lists(OciFamilies families, OciCalls calls, Spools spools) {

    private static final TagFilter TAGGED = new TagFilter("TAGGED", null);

    private record TagList(String name, List<String> tags) {}

    private record RepositoryList(List<String> repositories) {}

    HttpResponse tags(OciRequest.ListTags request) {
        var after = request.last() == null ? null : ListImages.afterText(request.last());
        var input = new ListImages.Input(null, request.repository(), after, size(request.n()), TAGGED);
        var page = calls.call(families.images().listImages(), input);
        var tags = shown(request.n(), page.imageIds()).stream()
                .map(ImageId::imageTag)
                .filter(Objects::nonNull)
                .map(Tag::name)
                .toList();
        var path = "/v2/" + request.repository() + "/tags/list";
        var answer = new TagList(request.repository().value(), tags);
        return answer(answer, page.nextToken() == null ? List.of() : tags, path);
    }

    HttpResponse catalog(OciRequest.Catalog request) {
        var after = request.last() == null ? null : DescribeRepositories.afterText(request.last());
        var input = new DescribeRepositories.Input(null, null, after, size(request.n()));
        var page = calls.call(families.repositories().describeRepositories(), input);
        var names = shown(request.n(), page.repositories()).stream()
                .map(repository -> repository.repositoryName().value())
                .toList();
        return answer(new RepositoryList(names), page.nextToken() == null ? List.of() : names, "/v2/_catalog");
    }

    /// The operations know no page of nothing, the specification does. Whoever asks for one is told all the same
    /// whether there is anything to list.
    private static int size(int n) {
        return Math.max(1, n);
    }

    private static <T> List<T> shown(int n, List<T> page) {
        return n == 0 ? List.of() : page;
    }

    /// @param followed what is on this page, if another one follows
    private HttpResponse answer(Record body, List<String> followed, String path) {
        var response = HttpResponse.of(200).withBody(OciJson.TYPE, OciJson.answer(body, spools));
        return followed.isEmpty()
                ? response
                : response.with(
                        "Link", "<%s?last=%s&n=%d>; rel=\"next\"".formatted(path, followed.getLast(), followed.size()));
    }
}
