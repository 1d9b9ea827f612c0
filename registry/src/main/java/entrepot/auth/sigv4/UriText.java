package entrepot.auth.sigv4;

import java.util.ArrayDeque;

/// The URI encoding of Signature Version 4: everything but RFC 3986's unreserved characters becomes `%XY`, upper case.
/// A character stands for a byte.
final class UriText {

    private static final String HEX = "0123456789ABCDEF";

    private UriText() {}

    static String encode(String text) {
        return encode(text, "-_.~");
    }

    /// The path as every service but S3 signs it: normalised, and what was sent encoded once more. Empty segments and
    /// a last `/.` vanish, which RFC 3986 would keep; AWS's own signers do so.
    static String canonicalPath(String path) {
        var segments = new ArrayDeque<String>();
        for (var segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        var end = path.endsWith("/") && !segments.isEmpty() ? "/" : "";
        return encode("/" + String.join("/", segments) + end, "-_.~/");
    }

    private static String encode(String text, String kept) {
        var encoded = new StringBuilder(text.length() + 16);
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (isAlphanumeric(c) || kept.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt((c >> 4) & 0xf)).append(HEX.charAt(c & 0xf));
            }
        }
        return encoded.toString();
    }

    /// A `%` that begins no escape stands for itself, and so does a `+`.
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var decoded = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); i++) {
            var escaped = text.charAt(i) == '%' ? escape(text, i) : -1;
            decoded.append(escaped < 0 ? text.charAt(i) : (char) escaped);
            i += escaped < 0 ? 0 : 2;
        }
        return decoded.toString();
    }

    /// The byte that the escape at this place stands for, or -1 if there is none.
    private static int escape(String text, int at) {
        if (at + 2 >= text.length()) {
            return -1;
        }
        var high = hex(text.charAt(at + 1));
        var low = hex(text.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /// As [Character#digit], for ASCII only.
    private static int hex(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
