package entrepot.auth.sigv4;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a request says of its own signature, in whichever form it says it.
///
/// @param query what the signature covers of it
/// @param signedHeaders in lower case, or the signature is not the one that a signer makes
/// @param signature in hex
record Claim(
        Credential credential,
        SignedQuery query,
        SortedSet<String> signedHeaders,
        String signature,
        Validity validity) {

    /// When the request was signed, and for how long it is good from then on.
    record Validity(Instant from, Duration length) {}

    /// What the `Credential` parameter holds.
    record Credential(String accessKeyId, Scope scope) {
        static Credential parse(String text) {
            var elements = text.split("/", -1);
            if (elements.length != 5) {
                throw Refusal.incomplete("Credential must have exactly 5 slash-delimited elements, e.g."
                        + " keyid/date/region/service/term, got '%s'".formatted(text));
            }
            return new Credential(elements[0], new Scope(elements[1], elements[2], elements[3], elements[4]));
        }
    }

    static SortedSet<String> names(String signedHeaders) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(Arrays.asList(signedHeaders.split(";", -1))));
    }

    /// Without the signature, which is as good as a password while it lasts.
    @Override
    public String toString() {
        return "Claim[" + credential + "]";
    }
}
