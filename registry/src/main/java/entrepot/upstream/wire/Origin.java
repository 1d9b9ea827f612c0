package entrepot.upstream.wire;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;

/// Where requests go: a scheme, a host, a port (RFC 6454, 4). Credentials never leave the one they are for.
///
/// @param host lower case; an address of version 6 without its brackets
public record Origin(boolean isSecure, String host, int port) {

    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /// Where a URL is.
    ///
    /// @throws MalformedAnswerException if the URL is not of `http` or `https`, has no host, or has
    /// credentials in it
    public static Origin of(URI url) throws IOException {
        var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        var isSecure = scheme.equals("https");
        if ((!isSecure && !scheme.equals("http")) || url.getHost() == null || url.getRawUserInfo() != null) {
            throw new MalformedAnswerException("no address of http or https that can be asked");
        }
        return new Origin(isSecure, bare(url.getHost().toLowerCase(Locale.ROOT)), port(url, isSecure));
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(URI url, boolean isSecure) throws IOException {
        if (url.getPort() == 0 || url.getPort() > 65_535) {
            throw new MalformedAnswerException("no port that can be connected to: " + url.getPort());
        }
        return url.getPort() > 0 ? url.getPort() : standard(isSecure);
    }

    private static int standard(boolean isSecure) {
        return isSecure ? HTTPS : HTTP;
    }

    /// As a `Host` header has it.
    String authority() {
        var name = host.contains(":") ? "[" + host + "]" : host;
        return port == standard(isSecure) ? name : name + ":" + port;
    }

    @Override
    public String toString() {
        return (isSecure ? "https://" : "http://") + authority();
    }
}
