package entrepot.benchmark;

import static entrepot.benchmark.LargeRegistry.FEW;
import static entrepot.benchmark.LargeRegistry.FEW_IMAGES;
import static entrepot.benchmark.LargeRegistry.MANY;
import static entrepot.benchmark.LargeRegistry.MANY_REPOSITORIES;
import static entrepot.benchmark.LargeRegistry.MANY_TAGGED;
import static entrepot.benchmark.LargeRegistry.MANY_TAGS;
import static entrepot.benchmark.LargeRegistry.MANY_UNTAGGED;
import static entrepot.benchmark.LargeRegistry.ONE_IMAGE;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Compares a page among many with a page of the same size among few, of every list, wherever it lies and whatever
/// its filter.
final class Pages {
    private static final Pattern NEXT = Pattern.compile("\"nextToken\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern TAG = Pattern.compile("\"imageTag\"\\s*:\\s*\"([^\"]+)\"");
    private static final String ANY = "";
    private static final String TAGGED = filter("tagStatus", "TAGGED");
    private static final String UNTAGGED = filter("tagStatus", "UNTAGGED");
    private static final String ARCHIVED = filter("imageStatus", "ARCHIVED");

    private static final double ALIKE = 0.05;
    private static final int NAMED = 100;

    private final EntrepotServer server;
    private final Map<Work, List<Page>> pages = new LinkedHashMap<>();

    private Pages(EntrepotServer server) {
        this.server = server;
    }

    static void run(Options options, Blobs blobs, Rounds rounds) throws IOException {
        try (var server = LargeRegistry.start(options.folder().resolve("pages"), blobs)) {
            var pages = new Pages(server);
            pages.tagLists();
            pages.imageLists();
            pages.descriptions();
            pages.repositories();
            for (var round = 0; round <= options.rounds(); round++) {
                for (var pair : pages.pages.entrySet()) {
                    rounds.run(pair.getKey(), round, pair.getValue(), Page::load);
                }
            }
        }
    }

    /// The tags are named by hashes, so that a text says how far into the list it comes; no tag has this name.
    private void tagLists() throws IOException {
        for (var last : List.of("", "7fff", "ffbe")) {
            compare("tags/list after '" + last + "'", tags(MANY, MANY_TAGS, last), tags(FEW, FEW_IMAGES, ""));
        }
    }

    private Page tags(int count, String repository, String last) {
        return page(count, () -> server.v2().tags(repository, "n=1000" + (last.isEmpty() ? "" : "&last=" + last)));
    }

    private void imageLists() throws IOException {
        everywhere("ListImages", MANY, MANY_TAGS, TAGGED);
        compare("ListImages of UNTAGGED", list(MANY_UNTAGGED, UNTAGGED), list(FEW_IMAGES, UNTAGGED));
        compare("ListImages of few tagged", list(MANY_UNTAGGED, TAGGED), list(FEW_IMAGES, TAGGED));
        compare("ListImages of few untagged", list(MANY_TAGGED, UNTAGGED), list(FEW_IMAGES, UNTAGGED));
    }

    private void descriptions() throws IOException {
        everywhere("DescribeImages", MANY + FEW, MANY_TAGGED, ANY);
        compare("DescribeImages of UNTAGGED", describe(MANY_UNTAGGED, UNTAGGED), describe(FEW_IMAGES, UNTAGGED));
        compare("DescribeImages of few tagged", describe(MANY_UNTAGGED, TAGGED), describe(FEW_IMAGES, TAGGED));
        compare("DescribeImages of few untagged", describe(MANY_TAGGED, UNTAGGED), describe(FEW_IMAGES, UNTAGGED));
        compare("DescribeImages of none", describe(MANY_TAGGED, ARCHIVED), describe(FEW_IMAGES, ARCHIVED));
        compare("DescribeImages of 1,000 tags", oneImage(MANY, MANY_TAGS), oneImage(FEW, ONE_IMAGE));
        compare("DescribeImages by 100 tags", named(MANY, MANY_TAGGED), named(FEW, FEW_IMAGES));
    }

    private void repositories() throws IOException {
        compare(
                "DescribeRepositories",
                repositories(MANY_REPOSITORIES, LargeRegistry.REGION_OF_MANY),
                repositories(FEW, LargeRegistry.REGION_OF_FEW));
    }

    private Page repositories(int count, String region) {
        return page(count, () -> server.signer().in(region).sign("DescribeRepositories", "{\"maxResults\":1000}"));
    }

    /// The first page, the middle one and the last, found by paging from one end to the other.
    private void everywhere(String operation, int count, String repository, String filter) throws IOException {
        var few = ask(FEW, operation, FEW_IMAGES, filter);
        var status = filter.replaceAll(".*\"([A-Z]+)\".*", " of $1");
        var tokens = tokens(ask(count, operation, repository, filter), operation, repository, filter);
        if (tokens.size() != count / FEW - 1) {
            throw new IOException("%s: %d pages of %s".formatted(repository, 1 + tokens.size(), operation));
        }
        compare(operation + status + ", first page", ask(count, operation, repository, filter), few);
        var middle = token(tokens.get(tokens.size() / 2));
        compare(operation + status + ", middle page", ask(count, operation, repository, filter + middle), few);
        var last = token(tokens.getLast());
        compare(operation + status + ", last page", ask(count, operation, repository, filter + last), few);
    }

    private List<String> tokens(Page first, String operation, String repository, String filter) throws IOException {
        var tokens = new ArrayList<String>();
        var next = NEXT.matcher(first.text());
        while (next.find()) {
            tokens.add(next.group(1));
            next = NEXT.matcher(
                    ask(0, operation, repository, filter + token(next.group(1))).text());
        }
        return tokens;
    }

    private Page list(String repository, String filter) {
        return ask(repository.equals(FEW_IMAGES) ? FEW : MANY, "ListImages", repository, filter);
    }

    private Page describe(String repository, String filter) {
        return ask(repository.equals(FEW_IMAGES) ? FEW : MANY, "DescribeImages", repository, filter);
    }

    private Page oneImage(int count, String repository) {
        return call(count, "DescribeImages", repository, ",\"maxResults\":1");
    }

    private Page named(int count, String repository) throws IOException {
        var ids = TAG.matcher(list(repository, TAGGED).text())
                .results()
                .limit(NAMED)
                .map(Pages::identifier)
                .collect(Collectors.joining(",", ",\"imageIds\":[", "]"));
        return call(count, "DescribeImages", repository, ids);
    }

    private static String identifier(MatchResult tag) {
        return "{\"imageTag\":\"" + tag.group(1) + "\"}";
    }

    private Page ask(int count, String operation, String repository, String more) {
        return call(count, operation, repository, ",\"maxResults\":1000" + more);
    }

    private Page call(int count, String operation, String repository, String more) {
        var body = "{\"repositoryName\":\"" + repository + "\"" + more + "}";
        return page(count, () -> server.signer().sign(operation, body));
    }

    private Page page(int count, Supplier<byte[]> request) {
        return new Page("of %,d".formatted(count), server, request);
    }

    /// Pages are alike if they are of about one size, in bytes.
    private void compare(String label, Page many, Page few) throws IOException {
        var ratio = (double) many.text().length() / few.text().length();
        if (Math.abs(ratio - 1) > ALIKE) {
            throw new IOException("%s: answers of %.2f the size".formatted(label, ratio));
        }
        pages.put(Work.page(label, many.name(), few.name()), List.of(many, few));
    }

    private static String filter(String member, String status) {
        return ",\"filter\":{\"%s\":\"%s\"}".formatted(member, status);
    }

    private static String token(String token) {
        return ",\"nextToken\":\"" + token + "\"";
    }
}
