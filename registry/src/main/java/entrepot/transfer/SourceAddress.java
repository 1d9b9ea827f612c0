package entrepot.transfer;

import entrepot.domain.AddressRange;
import entrepot.domain.Digest;
import entrepot.domain.Reference;
import entrepot.domain.Tag;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `--from` names.
public sealed interface SourceAddress {

    /// Another registry, or something in it.
    ///
    /// @param repository empty for all that the registry lists
    /// @param reference null for all tags
    record Registry(
            String host, String repository, @Nullable Reference reference) implements SourceAddress {

        private static final String HUB = "registry-1.docker.io";

        /// Where it is asked.
        ///
        /// @param isPlain whether a host that is not this machine speaks HTTP without TLS
        public URI url(boolean isPlain) {
            return URI.create((isPlain || isLoopback() ? "http://" : "https://") + host);
        }

        private boolean isLoopback() {
            var name = host.replaceFirst(":[0-9]+$", "").replaceAll("[\\[\\]]", "");
            return name.equals("localhost")
                    || name.endsWith(".localhost")
                    || AddressRange.address(name)
                            .filter(address -> address.isLoopbackAddress())
                            .isPresent();
        }

        /// Whether it is Docker Hub, which has other names in logins.
        public boolean isHub() {
            return host.equals(HUB);
        }
    }

    /// An ECR, or something in it.
    ///
    /// @param repository empty for all
    record Ecr(
            String account,
            String region,
            String repository,
            @Nullable Reference reference) implements SourceAddress {}

    /// What a folder holds.
    enum Kind {
        LAYOUT,
        DISTRIBUTION,
        ZOT
    }

    /// A folder.
    record Folder(Kind kind, Path path) implements SourceAddress {}

    /// The folder of a distribution registry in a bucket.
    ///
    /// @param url `s3://BUCKET/PREFIX`, of what is above `docker/registry/v2`
    record Bucket(String url) implements SourceAddress {}

    Pattern PLACE = Pattern.compile("([^/\\s]+)(?:/([^:@]+?))?(?::([^@/]+))?(?:@(.+))?");

    Pattern REGISTRY_OF_ECR = Pattern.compile("([0-9]{12})\\.([a-z0-9-]+)");

    /// What a text names. Fails with IllegalArgumentException, in words for the user.
    static SourceAddress parse(String text) {
        var colon = text.indexOf(':');
        var rest = text.substring(colon + 1);
        return switch (text.substring(0, Math.max(0, colon))) {
            case "docker" -> registry(behindSlashes(rest));
            case "ecr" -> ecr(behindSlashes(rest));
            case "oci" -> new Folder(Kind.LAYOUT, Path.of(rest));
            case "distribution" -> distribution(rest);
            case "zot" -> new Folder(Kind.ZOT, Path.of(rest));
            default -> throw refused();
        };
    }

    private static IllegalArgumentException refused() {
        return new IllegalArgumentException("must be docker://HOST[/REPOSITORY[:TAG]], oci:DIR, distribution:DIR,"
                + " distribution:s3://BUCKET[/PREFIX],"
                + " ecr://ACCOUNT.REGION[/REPOSITORY[:TAG]] or zot:DIR");
    }

    private static String behindSlashes(String rest) {
        if (!rest.startsWith("//")) {
            throw refused();
        }
        return rest.substring(2);
    }

    private static SourceAddress distribution(String rest) {
        if (rest.startsWith("s3://")) {
            return new Bucket(rest);
        }
        return new Folder(Kind.DISTRIBUTION, Path.of(rest));
    }

    private static SourceAddress registry(String rest) {
        var slash = rest.indexOf('/');
        var host = slash < 0 ? rest : rest.substring(0, slash);
        var place = PLACE.matcher(slash < 0 ? "x" : "x" + rest.substring(slash));
        if (host.isEmpty() || !host.matches("[A-Za-z0-9.\\[\\]:-]+") || !place.matches()) {
            throw refused();
        }
        var repository = place.group(2) == null ? "" : place.group(2);
        var isHub = host.equals("docker.io") || host.equals("index.docker.io") || host.equals(Registry.HUB);
        var official = isHub && !repository.isEmpty() && !repository.contains("/");
        return new Registry(
                isHub ? Registry.HUB : host,
                official ? "library/" + repository : repository,
                reference(place.group(3), place.group(4)));
    }

    private static SourceAddress ecr(String rest) {
        var place = PLACE.matcher(rest);
        if (!place.matches() || !REGISTRY_OF_ECR.matcher(place.group(1)).matches()) {
            throw refused();
        }
        var dot = place.group(1).indexOf('.');
        var repository = place.group(2) == null ? "" : place.group(2);
        return new Ecr(
                place.group(1).substring(0, dot),
                place.group(1).substring(dot + 1),
                repository,
                reference(place.group(3), place.group(4)));
    }

    private static @Nullable Reference reference(@Nullable String tag, @Nullable String digest) {
        if (digest != null) {
            return Digest.find(digest).orElseThrow(SourceAddress::refused);
        }
        if (tag != null && !Tag.isTag(tag)) {
            throw refused();
        }
        return tag == null ? null : new Tag(tag);
    }
}
