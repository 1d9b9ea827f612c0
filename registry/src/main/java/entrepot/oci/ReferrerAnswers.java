package entrepot.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import entrepot.domain.MediaType;
import entrepot.http.HttpResponse;
import entrepot.http.body.Spools;
import entrepot.operation.image.ListImageReferrers;
import entrepot.operation.image.ListImageReferrers.ImageReferrer;
import java.net.URLEncoder;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The manifests that are about another one, as an index, page by page.
///
/// Source: OCI distribution specification, "Listing ReferrerAnswers".
///
/// @param spools for long pages
record ReferrerAnswers(OciFamilies families, OciCalls calls, Spools spools) {

    private static final String INDEX = MediaType.OCI_INDEX.value();

    private record Index(int schemaVersion, String mediaType, List<Entry> manifests) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Entry(
            String mediaType,
            String digest,
            long size,
            @Nullable String artifactType,
            @JsonRawValue @Nullable String annotations) {

        static Entry of(ImageReferrer referrer) {
            return new Entry(
                    referrer.mediaType().value(),
                    referrer.digest().toString(),
                    referrer.size(),
                    referrer.artifactType(),
                    referrer.annotations() == null
                            ? null
                            : referrer.annotations().json());
        }
    }

    HttpResponse list(OciRequest.ListReferrers request) {
        try (var _ =
                spools.memory().reserve(families.images().listImageReferrers().memory(0))) {
            var page = calls.call(families.images().listImageReferrers(), input(request));
            return withNext(request, page, filtered(request, answer(page)));
        }
    }

    /// A long page waits for its client in a file and not in memory.
    private HttpResponse answer(ListImageReferrers.Output page) {
        var entries = page.referrers().stream().map(Entry::of).toList();
        var body = OciJson.answer(new Index(2, INDEX, entries), spools);
        return ContentTypes.inert(200).withBody(INDEX, body);
    }

    private static HttpResponse filtered(OciRequest.ListReferrers request, HttpResponse response) {
        return request.artifactTypes().isEmpty() ? response : response.with("OCI-Filters-Applied", "artifactType");
    }

    private static HttpResponse withNext(
            OciRequest.ListReferrers request, ListImageReferrers.Output page, HttpResponse response) {
        return page.nextToken() == null
                ? response
                : response.with("Link", "<%s>; rel=\"next\"".formatted(target(request, page.nextToken())));
    }

    private static String target(OciRequest.ListReferrers request, String nextToken) {
        var types = request.artifactTypes().stream()
                .map(type -> "artifactType=" + encoded(type) + "&")
                .collect(Collectors.joining());
        return "/v2/%s/referrers/%s?%sn=%d&nextToken=%s"
                .formatted(request.repository(), request.subject(), types, request.n(), nextToken);
    }

    /// As in a URI, where a space is no `+`.
    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private static ListImageReferrers.Input input(OciRequest.ListReferrers request) {
        return new ListImageReferrers.Input(
                null,
                request.repository(),
                new ListImageReferrers.SubjectId(request.subject()),
                new ListImageReferrers.Filter(request.artifactTypes(), null),
                request.nextToken(),
                Math.max(1, request.n()));
    }
}
