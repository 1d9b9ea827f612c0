package entrepot.oci;

import entrepot.http.HttpHeaders;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The media types that a client understands, from all of its `Accept` lines. How much it likes each is not looked
/// at, but for `q=0`: what was pushed is what it gets if it understands that at all.
///
/// Source: RFC 9110, 12.5.1.
final class Acceptance {

    /// As many as ECR's API takes; a client that names more understands everything, for all it matters.
    private static final int MOST = 100;

    private static final Pattern NEVER =
            Pattern.compile(".*;[ \\t]*+q=0(\\.0*)?[ \\t]*+(;.*)?", Pattern.CASE_INSENSITIVE);

    private Acceptance() {}

    /// Null if the client takes anything, says nothing, or says nothing that can be read.
    static @Nullable List<String> of(HttpHeaders headers) {
        var ranges = headers.all("Accept").stream()
                .flatMap(line -> Stream.of(line.split(",", MOST + 1)))
                .toList();
        var types = ranges.stream()
                .filter(range -> !NEVER.matcher(range).matches())
                .map(range -> range.split(";", 2)[0].strip())
                .filter(type -> !type.isEmpty())
                .toList();
        return ranges.size() > MOST || types.isEmpty() || types.stream().anyMatch(Acceptance::isAnything)
                ? null
                : types;
    }

    private static boolean isAnything(String range) {
        return range.equals("*/*") || range.equalsIgnoreCase("application/*");
    }
}
