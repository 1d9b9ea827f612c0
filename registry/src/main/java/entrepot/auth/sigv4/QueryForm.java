package entrepot.auth.sigv4;

import java.time.Duration;

/// A signature in the query: a presigned request, which is good for as long as it says.
///
/// Source: IAM user guide, "Authentication methods", query parameters.
final class QueryForm {

    private static final int WEEK = 604_800;

    private QueryForm() {}

    static boolean isIn(SignedQuery query) {
        return query.has("X-Amz-Algorithm") || query.has("X-Amz-Signature");
    }

    static Claim parse(SignedQuery query) {
        var algorithm = only(query, "X-Amz-Algorithm");
        if (!algorithm.equals(HeaderForm.ALGORITHM)) {
            throw Refusal.incomplete("Unsupported AWS 'algorithm': '%s'.".formatted(algorithm));
        }
        return new Claim(
                Claim.Credential.parse(only(query, "X-Amz-Credential")),
                query.without("X-Amz-Signature"),
                Claim.names(only(query, "X-Amz-SignedHeaders")),
                only(query, "X-Amz-Signature"),
                new Claim.Validity(Timestamps.parse(only(query, "X-Amz-Date")), expires(query)));
    }

    private static Duration expires(SignedQuery query) {
        var text = only(query, "X-Amz-Expires");
        if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > WEEK) {
            throw Refusal.incomplete("X-Amz-Expires must be a number of seconds from 1 to " + WEEK + ".");
        }
        return Duration.ofSeconds(Integer.parseInt(text));
    }

    private static String only(SignedQuery query, String name) {
        var values = query.all(name);
        if (values.size() != 1 || values.getFirst().isEmpty()) {
            throw Refusal.incomplete(
                    "AWS query-string parameters must include '%s' once. Re-examine the query-string parameters."
                            .formatted(name));
        }
        return values.getFirst();
    }
}
