package entrepot.upstream;

import java.net.URI;
import java.net.URISyntaxException;

/// Addresses made of parts that are encoded already.
final class Urls {

    private Urls() {}

    static URI withQuery(URI url, String query) throws UpstreamException {
        var text = url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
        return parse(query.isEmpty() ? text : text + "?" + query);
    }

    /// A path and a query of a registry.
    static URI at(URI registry, URI other) throws UpstreamException {
        var origin = registry.getScheme() + "://" + registry.getRawAuthority();
        var query = other.getRawQuery();
        return parse(origin + other.getRawPath() + (query == null ? "" : "?" + query));
    }

    static URI at(URI registry, String path) throws UpstreamException {
        return parse(registry.getScheme() + "://" + registry.getRawAuthority() + path);
    }

    /// Where something that an answer names is, as seen from where it was asked.
    static URI resolve(URI from, String named) throws UpstreamException {
        return withoutFragment(from.resolve(parse(named)));
    }

    private static URI withoutFragment(URI url) throws UpstreamException {
        var text = url.toString();
        var fragment = text.indexOf('#');
        return fragment < 0 ? url : parse(text.substring(0, fragment));
    }

    private static URI parse(String text) throws UpstreamException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw UpstreamException.malformed("the answer has an address that is none");
        }
    }
}
