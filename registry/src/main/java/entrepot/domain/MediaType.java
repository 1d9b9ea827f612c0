package entrepot.domain;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A media type as a manifest or a header spells it, kept to the letter (RFC 6838; at most 255 characters). Two that
/// differ in case only are the same type (RFC 9110, 8.3.1); what follows a `;` may tell its cases apart.
public record MediaType(String value) {

    private static final Pattern PATTERN = Pattern.compile(
            "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}([ \\t]*;[ -~]*)?");

    public static final MediaType DOCKER_SCHEMA1 =
            new MediaType("application/vnd.docker.distribution.manifest.v1+json");
    public static final MediaType DOCKER_SCHEMA1_SIGNED =
            new MediaType("application/vnd.docker.distribution.manifest.v1+prettyjws");
    public static final MediaType DOCKER_MANIFEST =
            new MediaType("application/vnd.docker.distribution.manifest.v2+json");
    public static final MediaType DOCKER_LIST =
            new MediaType("application/vnd.docker.distribution.manifest.list.v2+json");
    public static final MediaType OCI_MANIFEST = new MediaType("application/vnd.oci.image.manifest.v1+json");
    public static final MediaType OCI_INDEX = new MediaType("application/vnd.oci.image.index.v1+json");

    public MediaType {
        if (!isMediaType(value)) {
            throw new IllegalArgumentException("not a media type: " + value);
        }
    }

    /// Nearly all are among a few, which are not looked at again.
    public static boolean isMediaType(String text) {
        return Known.FIRST.contains(text) || (isOne(text) && Known.add(text));
    }

    private static boolean isOne(String text) {
        return text.length() <= 255 && PATTERN.matcher(text).matches();
    }

    /// Texts that are media types; the first that were met.
    private static final class Known {
        static final Set<String> FIRST = ConcurrentHashMap.newKeySet();
        private static final int MOST = 100;

        static boolean add(String text) {
            if (FIRST.size() < MOST) {
                FIRST.add(text);
            }
            return true;
        }
    }

    /// Whether the text is this type, in any case and with any parameters (RFC 9110, 8.3.1).
    public boolean isCalled(String text) {
        var end = text.indexOf(';');
        return value.equalsIgnoreCase(end < 0 ? text : text.substring(0, end).strip());
    }

    public boolean hasParameters() {
        return value.indexOf(';') >= 0;
    }

    public boolean isIndex() {
        return equals(DOCKER_LIST) || equals(OCI_INDEX);
    }

    public boolean isImageManifest() {
        return equals(DOCKER_MANIFEST) || equals(OCI_MANIFEST);
    }

    public boolean isSchema1() {
        return equals(DOCKER_SCHEMA1) || equals(DOCKER_SCHEMA1_SIGNED);
    }

    private String type() {
        var end = value.indexOf(';');
        return end < 0 ? value : value.substring(0, end);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MediaType media
                && type().equalsIgnoreCase(media.type())
                && value.substring(type().length())
                        .equals(media.value.substring(media.type().length()));
    }

    @Override
    public int hashCode() {
        return type().toLowerCase(Locale.ROOT).hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
