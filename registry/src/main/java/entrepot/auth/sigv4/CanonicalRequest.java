package entrepot.auth.sigv4;

import entrepot.domain.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The one form of a request that both sides hash.
///
/// Source: IAM user guide, "Create a signed AWS API request", step 1.
///
/// @param query what it covers: for a presigned request, all but the signature
/// @param signedHeaders lower case
record CanonicalRequest(SignedRequest request, SignedQuery query, SortedSet<String> signedHeaders) {

    private static final Pattern SPACES = Pattern.compile("[ \t\n\u000B\f\r]+");

    String text(String payloadSha256) {
        return String.join(
                "\n",
                request.method(),
                UriText.canonicalPath(request.path()),
                query.canonical(),
                headers(),
                String.join(";", signedHeaders),
                payloadSha256);
    }

    /// SHA-256 of the text, in hex.
    String hash(String payloadSha256) {
        var bytes = text(payloadSha256).getBytes(StandardCharsets.ISO_8859_1);
        var sha256 = Digest.Algorithm.SHA256;
        return Digest.of(sha256, sha256.newComputation().digest(bytes)).hex();
    }

    private String headers() {
        var byName = request.byName();
        return signedHeaders.stream()
                .map(name -> name + ":" + value(byName.getOrDefault(name.toLowerCase(Locale.ROOT), List.of())) + "\n")
                .collect(Collectors.joining());
    }

    private static String value(List<String> values) {
        return values.stream()
                .map(value -> SPACES.matcher(value).replaceAll(" ").strip())
                .collect(Collectors.joining(","));
    }
}
