package entrepot.upstream;

import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.domain.MediaType;
import entrepot.upstream.wire.Origin;
import entrepot.upstream.wire.Request;
import entrepot.upstream.wire.Response;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Lists that another registry answers in pages, each of bounded length.
final class Lists {

    /// Of a page, in bytes: some registries have but one.
    private static final int LONGEST = 32 << 20;

    private static final int MOST_PAGES = 1_000;

    /// Source: RFC 8288, 3.
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>[^,]*;[ \\t]*rel=\"?next\"?.*");

    private final Visits visits;
    private final URI registry;

    Lists(Visits visits, URI registry) {
        this.visits = visits;
        this.registry = registry;
    }

    private record Read(JsonNode json, @Nullable URI next) {}

    /// The texts of an array of a page.
    Page<String> texts(URI url, String member, String scope) throws UpstreamException {
        var page = read(url, Map.of(), scope);
        var array = page.json().path(member);
        if (!array.isArray() && !array.isNull()) {
            throw UpstreamException.malformed("the answer is no list of " + member);
        }
        var items = new ArrayList<String>();
        array.forEach(item -> items.add(item.asString("")));
        return new Page<>(items, page.next());
    }

    /// What an index names, over all its pages.
    List<Descriptor> descriptors(URI first, String scope) throws UpstreamException {
        var all = new ArrayList<Descriptor>();
        URI url = first;
        for (var pages = 0; url != null; pages++) {
            if (pages == MOST_PAGES) {
                throw UpstreamException.malformed("the list has more than %d pages".formatted(MOST_PAGES));
            }
            var page = read(url, Map.of("Accept", MediaType.OCI_INDEX.value()), scope);
            all.addAll(descriptors(page.json()));
            url = page.next();
        }
        return all;
    }

    static List<Descriptor> descriptors(JsonNode index) throws UpstreamException {
        var array = index.path("manifests");
        if (!array.isArray() && !array.isNull()) {
            throw UpstreamException.malformed("the answer is no index");
        }
        var all = new ArrayList<Descriptor>();
        for (var item : array) {
            all.add(descriptor(item));
        }
        return all;
    }

    private static Descriptor descriptor(JsonNode item) throws UpstreamException {
        var digest = Digest.find(item.path("digest").asString(""))
                .orElseThrow(() -> UpstreamException.malformed("the index has a digest that is none"));
        return new Descriptor(
                item.path("mediaType").asString(""), digest, item.path("size").asLong(-1), false);
    }

    private Read read(URI url, Map<String, String> headers, String scope) throws UpstreamException {
        try (var answer = visits.ask(new Request("GET", url, headers, null), scope)) {
            return new Read(Json.read(answer.bytes(LONGEST)), next(url, answer));
        } catch (IOException e) {
            throw UpstreamException.of(e);
        }
    }

    /// At the same registry, and not the page that it is on.
    private @Nullable URI next(URI url, Response answer) throws IOException {
        var link = NEXT.matcher(answer.header("link").orElse(""));
        if (!link.matches()) {
            return null;
        }
        var next = Urls.resolve(url, link.group(1));
        if (!Origin.of(next).host().equals(Origin.of(registry).host()) || next.equals(url)) {
            throw UpstreamException.malformed("the list goes on where it does not belong");
        }
        return Urls.at(registry, next);
    }
}
