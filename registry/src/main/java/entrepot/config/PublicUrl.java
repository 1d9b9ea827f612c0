package entrepot.config;

import entrepot.domain.RegistryAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/// Where clients reach this server. A registry has no path, so neither has its URL.
final class PublicUrl {

    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

    private PublicUrl() {}

    static boolean isHost(String text) {
        return HOST.matcher(text).matches();
    }

    static RegistryAddress parse(String text) {
        try {
            var url = new URI(text);
            var isPlain = url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && (url.getRawPath() == null || url.getRawPath().matches("/?"));
            if (isPlain && isHttp(url) && url.getRawAuthority() != null && isHost(url.getRawAuthority())) {
                return new RegistryAddress(url.getScheme(), url.getRawAuthority());
            }
        } catch (URISyntaxException e) {
            // said below, in the same words
        }
        throw new IllegalArgumentException("must be http:// or https:// and a host, with or without a port");
    }

    private static boolean isHttp(URI url) {
        return "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    }
}
