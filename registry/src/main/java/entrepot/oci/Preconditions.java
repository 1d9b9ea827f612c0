package entrepot.oci;

import entrepot.domain.Digest;
import entrepot.domain.EntityTags;
import entrepot.domain.Precondition;
import entrepot.http.HttpHeaders;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The preconditions of a request. There are no times to compare, as nothing here says `Last-Modified`.
///
/// Source: RFC 9110, 13.
final class Preconditions {

    /// One entity tag, or `*`. Some clients leave out the quotes, which can mean one thing only.
    private static final Pattern ITEM =
            Pattern.compile("[ \\t,]*+(?:(W/)?\"([^\"]*+)\"|([^\" \\t,]++))[ \\t]*+(?=,|$)");

    private static final Pattern BLANK = Pattern.compile("[ \\t,]*+");

    private Preconditions() {}

    /// Fails with an OciException where they cannot be read, since to go on would be to ignore them.
    static Precondition of(HttpHeaders headers) {
        return new Precondition(tags(headers, "If-Match"), tags(headers, "If-None-Match"));
    }

    /// The answer to a request for bytes that its preconditions do not let have them (RFC 9110, 13.2.2); empty if they
    /// do.
    static Optional<HttpResponse> unmet(HttpRequest request, Digest digest) {
        var precondition = of(request.headers());
        if (precondition.missesMatch(Set.of(digest))) {
            var message = "What is here is not what If-Match names: its ETag is " + EntityTags.of(digest);
            return Optional.of(new OciError(412, "PRECONDITION_FAILED", message).response());
        }
        return precondition.hitsNoneMatch(Set.of(digest)) ? Optional.of(unchanged(digest)) : Optional.empty();
    }

    private static HttpResponse unchanged(Digest digest) {
        return tagged(Form.withDigest(HttpResponse.of(304), digest), digest);
    }

    static HttpResponse tagged(HttpResponse response, Digest digest) {
        return response.with("ETag", EntityTags.of(digest));
    }

    /// Whether a range may be answered with a part: not if it was to continue other bytes than these (`If-Range`, RFC
    /// 9110, 13.1.5), which only the same strong entity tag can tell.
    static boolean allowsPart(HttpRequest request, Digest digest) {
        return request.headers().all("If-Range").stream()
                .allMatch(validator -> validator.strip().equals(EntityTags.of(digest)));
    }

    private static @Nullable EntityTags tags(HttpHeaders headers, String name) {
        var lines = headers.all(name);
        return lines.isEmpty() ? null : parse(name, String.join(",", lines));
    }

    private static EntityTags parse(String name, String text) {
        var any = false;
        var strong = new HashSet<String>();
        var weak = new HashSet<String>();
        var items = ITEM.matcher(text);
        var end = 0;
        for (; items.region(end, text.length()).lookingAt(); end = items.end()) {
            if (items.group(3) != null) {
                any |= items.group(3).equals("*");
                strong.add(items.group(3));
            } else {
                (items.group(1) == null ? strong : weak).add(items.group(2));
            }
        }
        if (!BLANK.matcher(text.substring(end)).matches()) {
            throw new OciException(400, "UNSUPPORTED", "The value of %s is no list of entity tags".formatted(name));
        }
        return new EntityTags(any, strong, weak);
    }
}
