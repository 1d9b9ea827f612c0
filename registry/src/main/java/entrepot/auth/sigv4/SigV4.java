package entrepot.auth.sigv4;

import entrepot.auth.Authentication;
import entrepot.auth.Hmac;
import entrepot.auth.KeyUsage;
import entrepot.auth.KnownKeys;
import entrepot.auth.Regions;
import entrepot.domain.AccountId;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.AccessKeys.Use;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Verifies AWS Signature Version 4, in the header or in the query, as services other than S3 do: the path is
/// normalised and encoded once more, and the body's hash is always signed.
///
/// It looks twice. The head alone shows whether there is a credential, whether it is well-formed, in time, scoped to
/// this service and of a key that exists; only then is the body worth reading, whose hash the signature covers.
///
/// Whoever has no such key learns it by the same work as a wrong secret takes.
public final class SigV4 {

    /// Stands in for the secret of a key that does not exist. That anyone can read it here gives nothing away, since
    /// an unknown key is refused before its signature is looked at.
    private static final AccessKey NOBODY = AccessKey.ofRoot(
            "", "0000000000000000000000000000000000000000", new AccountId("000000000000"), Instant.EPOCH);

    /// Of a body on an honest slow line.
    private static final int BYTES_PER_SECOND = 32 << 10;

    private static final String SESSION_TOKEN = "X-Amz-Security-Token";

    private final KnownKeys keys;
    private final KeyUsage usage;
    private final Regions regions;
    private final InstantSource clock;
    private final SigningKeys signingKeys;

    /// @param usage where the use of each key is told
    public SigV4(KnownKeys keys, KeyUsage usage, Regions regions, InstantSource clock) {
        this(keys, usage, regions, clock, Hmac.SHA256);
    }

    SigV4(KnownKeys keys, KeyUsage usage, Regions regions, InstantSource clock, Hmac hmac) {
        this.usage = usage;
        this.keys = keys;
        this.regions = regions;
        this.clock = clock;
        this.signingKeys = new SigningKeys(hmac);
    }

    /// What a request's head shows.
    public sealed interface Head {

        /// The body is not worth reading: [Authentication.Missing] or [Authentication.Rejected].
        record Refused(Authentication why) implements Head {}

        /// All is well so far; the signature is still to be proven.
        non-sealed interface Signed extends Head {

            /// Proven, or rejected. The time is looked at again, since the body may have taken long to come: it may be
            /// late by one second for each 32 KiB of it.
            ///
            /// @param payloadSha256 of the whole body as it was received, in lower-case hex
            /// @param length of the body in bytes
            Authentication complete(String payloadSha256, long length);
        }
    }

    /// Looks at the head.
    ///
    /// @param service what the credential must be scoped to, such as `ecr`
    public Head check(SignedRequest request, String service) {
        return check(ClaimedRequest.of(request), service);
    }

    /// The same of a request whose claim was read before.
    public Head check(ClaimedRequest claimed, String service) {
        try {
            return claimed.claim()
                    .<Head>map(claim -> check(claimed.request(), claim, service))
                    .orElseGet(() -> new Head.Refused(claimed.unread()));
        } catch (Refusal refusal) {
            return new Head.Refused(refusal.rejected());
        }
    }

    /// Looks at the head and the body's hash at once.
    Authentication verify(SignedRequest request, String service, String payloadSha256) {
        return switch (check(request, service)) {
            case Head.Refused(var why) -> why;
            case Head.Signed signed -> signed.complete(payloadSha256, 0);
        };
    }

    private Head check(SignedRequest request, Claim claim, String service) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var validity = claim.validity();
        requireSigned(request, claim);
        claim.credential().scope().require(service, regions, Timestamps.format(validity.from()));
        Timestamps.require(validity.from(), validity.length(), now);
        var key = usableKey(request, claim);
        if (key.isEmpty()) {
            isSignedBy(NOBODY, request, claim, "");
            throw Refusal.unknownKey();
        }
        return (Head.Signed) (hash, length) -> refusalOfLate(claim.validity(), length)
                .orElseGet(() -> complete(key.orElseThrow(), request, claim, hash));
    }

    private Optional<Authentication> refusalOfLate(Claim.Validity validity, long bodyLength) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        try {
            var validFor = validity.length().plusSeconds(bodyLength / BYTES_PER_SECOND);
            Timestamps.require(validity.from(), validFor, now);
            return Optional.empty();
        } catch (Refusal refusal) {
            return Optional.of(refusal.rejected());
        }
    }

    /// The host, and every header that says what is asked, when or by whom, must be under the signature. (The SDKs
    /// sign more, but not all the same.)
    private static void requireSigned(SignedRequest request, Claim claim) {
        var sent = request.byName().keySet();
        for (var name : claim.signedHeaders()) {
            if (!sent.contains(name.toLowerCase(Locale.ROOT))) {
                throw Refusal.incomplete(
                        "'%s' is named as a SignedHeader, but it does not exist in the HTTP request".formatted(name));
            }
        }
        if (!claim.signedHeaders().contains("host")) {
            throw Refusal.mustBeSigned("Host");
        }
        for (var name : List.of("X-Amz-Date", "X-Amz-Target", SESSION_TOKEN)) {
            if (request.header(name).findAny().isPresent() && !isSigned(claim, name)) {
                throw Refusal.mustBeSigned(name);
            }
        }
    }

    private static boolean isSigned(Claim claim, String name) {
        return claim.signedHeaders().contains(name.toLowerCase(Locale.ROOT));
    }

    /// All keys there are belong to users for good, so none comes with a session token.
    private Optional<AccessKey> usableKey(SignedRequest request, Claim claim) {
        var sessionToken = claim.query().has(SESSION_TOKEN)
                || request.header(SESSION_TOKEN).findAny().isPresent();
        return keys.find(claim.credential().accessKeyId()).filter(key -> !sessionToken);
    }

    private Authentication complete(AccessKey key, SignedRequest request, Claim claim, String payloadSha256) {
        var claimedHash = request.header("X-Amz-Content-Sha256").toList();
        var hashFits = claimedHash.stream().allMatch(payloadSha256::equals);
        if (!isSignedBy(key, request, claim, payloadSha256) || !hashFits) {
            return Refusal.wrongSignature().rejected();
        }
        var scope = claim.credential().scope();
        var region = regions.meant(scope.region());
        usage.record(key.id(), new Use(clock.instant(), region, scope.service()));
        return keys.principal(key.id())
                .<Authentication>map(principal -> new Authentication.Proven(principal, key.account(), region))
                .orElseGet(() -> Refusal.unknownKey().rejected());
    }

    /// In any of its readings, each of which is as much work for a wrong signature as for an unknown key.
    private boolean isSignedBy(AccessKey key, SignedRequest request, Claim claim, String payloadSha256) {
        return request.readings().anyMatch(reading -> isReadingSignedBy(key, reading, claim, payloadSha256));
    }

    private boolean isReadingSignedBy(AccessKey key, SignedRequest request, Claim claim, String payloadSha256) {
        var scope = claim.credential().scope();
        var canonical = new CanonicalRequest(request, claim.query(), claim.signedHeaders());
        var time = Timestamps.format(claim.validity().from());
        var text = String.join("\n", HeaderForm.ALGORITHM, time, scope.toString(), canonical.hash(payloadSha256));
        var expected = HexFormat.of().formatHex(signingKeys.sign(key.secret(), scope, text));
        return MessageDigest.isEqual(bytes(expected), bytes(claim.signature()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
