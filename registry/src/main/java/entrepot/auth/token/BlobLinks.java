package entrepot.auth.token;

import entrepot.auth.KnownKeys;
import entrepot.auth.Principal;
import entrepot.domain.AccountId;
import entrepot.domain.Digest;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// Links to one layer that need no other credential, as GetDownloadUrlForLayer gives them out:
/// ```
/// /v2-layers/<repository>/<digest>
///     ?account=..&region=..&key=<access key id>&X-Amz-Date=..&X-Amz-Expires=3600&X-Amz-Signature=..
/// ```
/// The signature, of [SigningSecret]'s form, is over all that goes before it, byte by byte. A link dies with the access
/// key it was made for.
public final class BlobLinks {

    /// Begins the path of every link, and of nothing that the distribution specification knows.
    public static final String PREFIX = "/v2-layers/";

    private static final String SIGNATURE = "&X-Amz-Signature=";
    private static final Pattern LINK = Pattern.compile(PREFIX
            + "(?<repository>.+)/(?<digest>[^/]+)\\?account=(?<account>\\d{12})&region=(?<region>[a-z0-9-]+)"
            + "&key=(?<key>\\w+)&X-Amz-Date=(?<date>\\d{8}T\\d{6}Z)&X-Amz-Expires=(?<seconds>\\d{1,6})");
    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final ServerSecrets secrets;
    private final KnownKeys keys;
    private final Duration lifetime;

    public BlobLinks(ServerSecrets secrets, KnownKeys keys, Duration lifetime) {
        this.secrets = secrets;
        this.keys = keys;
        this.lifetime = lifetime;
    }

    /// One layer of one repository, as one principal may fetch it.
    public record BlobLink(Principal principal, RegistryId registry, RepositoryName repository, Digest digest) {}

    /// The link's path and query, to be put behind the registry's address.
    public String sign(BlobLink link, Instant now) {
        var unsigned = PREFIX
                + "%s/%s?account=%s&region=%s&key=%s&X-Amz-Date=%s&X-Amz-Expires=%d"
                        .formatted(
                                link.repository(),
                                link.digest(),
                                link.registry().account(),
                                link.registry().region(),
                                link.principal().accessKeyId(),
                                BASIC.format(now),
                                lifetime.toSeconds());
        return unsigned + SIGNATURE + HexFormat.of().formatHex(secrets.sign(bytes(unsigned)));
    }

    /// What a link was made for; empty if it was not made here, is too old, or its access key is gone.
    ///
    /// @param path and `query` as they were sent, not decoded
    public Optional<BlobLink> verify(String path, String query, Instant now) {
        var end = query.lastIndexOf(SIGNATURE);
        if (end < 0) {
            return Optional.empty();
        }
        var unsigned = path + "?" + query.substring(0, end);
        var sent = query.substring(end + SIGNATURE.length());
        return signature(sent)
                .filter(signature -> secrets.signed(bytes(unsigned), signature))
                .flatMap(_ -> read(unsigned, now));
    }

    private Optional<BlobLink> read(String unsigned, Instant now) {
        var parts = LINK.matcher(unsigned);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var end = BASIC.parse(parts.group("date"), Instant::from).plusSeconds(Long.parseLong(parts.group("seconds")));
        return keys.principal(parts.group("key"))
                .filter(principal -> now.isBefore(end))
                .map(principal -> new BlobLink(
                        principal,
                        new RegistryId(new AccountId(parts.group("account")), parts.group("region")),
                        new RepositoryName(parts.group("repository")),
                        Digest.parse(parts.group("digest"))));
    }

    private static Optional<byte[]> signature(String hex) {
        try {
            return Optional.of(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
