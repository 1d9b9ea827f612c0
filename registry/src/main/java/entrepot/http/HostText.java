package entrepot.http;

import java.util.regex.Pattern;

/// What names a host.
public final class HostText {

    /// No name is longer than 253 characters (RFC 1035, 2.3.4).
    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{1,253}])(:[0-9]{1,5})?");

    private HostText() {}

    /// Whether the text names a host, with or without a port.
    public static boolean isHost(String text) {
        return HOST.matcher(text).matches();
    }
}
