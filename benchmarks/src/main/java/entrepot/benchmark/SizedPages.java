package entrepot.benchmark;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A page of each kind, among many and among few.
final class SizedPages {
    private static final Pattern NEXT = Pattern.compile("\"nextToken\"\\s*:\\s*\"([^\"]+)\"");
    private static final String OF_TAGGED = ",\"filter\":{\"tagStatus\":\"TAGGED\"}";
    private static final String OF_UNTAGGED = ",\"filter\":{\"tagStatus\":\"UNTAGGED\"}";
    private static final int NAMED = 100;

    interface Comparing {
        void compare(String label, Page many, Page few) throws IOException;
    }

    private interface Making {
        Page of(SizedRegistry registry) throws IOException;
    }

    private final Comparing comparing;
    private final SizedRegistry many;
    private final SizedRegistry few;

    private SizedPages(Comparing comparing, SizedRegistry many, SizedRegistry few) {
        this.comparing = comparing;
        this.many = many;
        this.few = few;
    }

    /// @param registries the one with many, the one with few
    static void of(Comparing comparing, List<SizedRegistry> registries) throws IOException {
        var pages = new SizedPages(comparing, registries.getFirst(), registries.getLast());
        pages.tags();
        pages.images("ListImages");
        pages.images("DescribeImages");
        pages.compare("DescribeImages of 1,000 tags", registry -> call(registry, "DescribeImages", "one", ""));
        pages.compare("DescribeImages by 100 tags", SizedPages::named);
        pages.compare("DescribeRepositories", SizedPages::repositories);
        pages.referrers();
    }

    /// No tag has these names, which are as far from the end as the page needs.
    private void tags() throws IOException {
        compare("tags/list, first page", registry -> tags(registry, ""));
        compare("tags/list, middle page", registry -> tags(registry, "&last=7fff"));
        compare(
                "tags/list, last pages",
                registry -> tags(registry, registry.equals(many) ? "&last=f000" : "&last=afff"));
    }

    private static Page tags(SizedRegistry registry, String last) {
        return page(registry, node -> node.v2().tags(SizedRegistry.TAGGED, "n=1000" + last));
    }

    private void images(String operation) throws IOException {
        for (var repository : List.of(SizedRegistry.TAGGED, SizedRegistry.UNTAGGED)) {
            compare(operation + ", " + repository + " ones", registry -> call(registry, operation, repository, ""));
            compare(
                    operation + ", TAGGED of " + repository,
                    registry -> call(registry, operation, repository, OF_TAGGED));
            compare(
                    operation + ", UNTAGGED of " + repository,
                    registry -> call(registry, operation, repository, OF_UNTAGGED));
        }
        compare(operation + ", middle page", registry -> middle(registry, operation));
    }

    /// The page in the middle of all, found by paging.
    private static Page middle(SizedRegistry registry, String operation) throws IOException {
        var page = call(registry, operation, SizedRegistry.UNTAGGED, "");
        for (var read = 0; read < registry.images() / 4; read += SizedRegistry.PAGE) {
            var token = EntrepotServer.only(NEXT, page.text());
            page = call(registry, operation, SizedRegistry.UNTAGGED, ",\"nextToken\":\"" + token + "\"");
        }
        return page;
    }

    private static Page named(SizedRegistry registry) {
        var names = registry.tags().stream()
                .limit(NAMED)
                .map("{\"imageTag\":\"%s\"}"::formatted)
                .collect(Collectors.joining(",", "[", "]"));
        var body = "{\"repositoryName\":\"%s\",\"imageIds\":%s}".formatted(SizedRegistry.TAGGED, names);
        return page(registry, node -> node.signer().sign("DescribeImages", body));
    }

    private static Page repositories(SizedRegistry registry) {
        return page(
                registry,
                node -> node.signer().in(SizedRegistry.REGION).sign("DescribeRepositories", "{\"maxResults\":1000}"));
    }

    private void referrers() throws IOException {
        compare("referrers", registry -> referrers(registry, ""));
        compare("referrers of a type", registry -> referrers(registry, "?artifactType=application/x.benchmark"));
    }

    private static Page referrers(SizedRegistry registry, String query) {
        return page(registry, node -> node.v2().in(SizedRegistry.UNTAGGED).referrers(registry.subject(), query));
    }

    private static Page call(SizedRegistry registry, String operation, String repository, String more) {
        var body = "{\"repositoryName\":\"%s\",\"maxResults\":1000%s}".formatted(repository, more);
        return page(registry, node -> node.signer().sign(operation, body));
    }

    private static Page page(SizedRegistry registry, Function<EntrepotServer, byte[]> request) {
        return new Page(registry.name(), registry.node(), () -> request.apply(registry.node()));
    }

    private void compare(String label, Making making) throws IOException {
        comparing.compare(label, making.of(many), making.of(few));
    }
}
