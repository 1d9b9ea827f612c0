package entrepot.http;

import java.util.Optional;
import java.util.regex.Pattern;

/// What a `Range` header asks of a body whose length is known.
///
/// Source: RFC 9110, 14.1.2 and 14.2.
public sealed interface ByteRange {

    /// The whole body: no header, or one that may be ignored.
    record None() implements ByteRange {}

    /// The part of `length` bytes that begins at `from`.
    record Satisfiable(long from, long length) implements ByteRange {

        /// The value of `Content-Range` for a body of `size` bytes.
        public String contentRange(long size) {
            return "bytes " + from + "-" + (from + length - 1) + "/" + size;
        }
    }

    /// Nothing of the body is in the range: 416.
    record Unsatisfiable() implements ByteRange {}

    Pattern ONE = Pattern.compile("bytes=[ \\t]*([0-9]*)-([0-9]*)[ \\t]*", Pattern.CASE_INSENSITIVE);

    /// Reads one range of a body of `size` bytes. A header that is malformed, in another unit or asks for several
    /// ranges is ignored, as RFC 9110, 14.2 allows.
    static ByteRange parse(Optional<String> header, long size) {
        var match = header.map(ONE::matcher).filter(m -> m.matches()).orElse(null);
        if (match == null) {
            return new None();
        }
        var first = match.group(1);
        var last = match.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? new None() : suffix(number(last), size);
        }
        return between(number(first), last.isEmpty() ? Long.MAX_VALUE : number(last), size);
    }

    private static ByteRange suffix(long count, long size) {
        var length = Math.min(count, size);
        return length == 0 ? new Unsatisfiable() : new Satisfiable(size - length, length);
    }

    /// One that ends before it begins is rejected, as RFC 9110, 14.2 allows and the OCI conformance tests ask.
    private static ByteRange between(long first, long last, long size) {
        return last < first || first >= size
                ? new Unsatisfiable()
                : new Satisfiable(first, Math.min(last, size - 1) - first + 1);
    }

    /// A number too large for a long is beyond the end of any body, so the largest long will do.
    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
