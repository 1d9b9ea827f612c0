package entrepot.auth.sigv4;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/// A signature in the `Authorization` header.
///
/// Source: IAM user guide, "Authentication methods", HTTP authorization header.
final class HeaderForm {

    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private HeaderForm() {}

    static Claim parse(SignedRequest request, SignedQuery query, String authorization) {
        var space = authorization.indexOf(' ');
        var algorithm = space < 0 ? authorization : authorization.substring(0, space);
        if (algorithm.startsWith("AWS4-") && !algorithm.equals(ALGORITHM)) {
            throw Refusal.incomplete("Unsupported AWS 'algorithm': '%s'.".formatted(algorithm));
        }
        var parameters = algorithm.equals(ALGORITHM)
                ? parameters(authorization.substring(algorithm.length()))
                : Map.<String, String>of();
        var time = time(request);
        requireAll(parameters, time, authorization);
        return new Claim(
                Claim.Credential.parse(parameters.getOrDefault("Credential", "")),
                query,
                Claim.names(parameters.getOrDefault("SignedHeaders", "")),
                parameters.getOrDefault("Signature", ""),
                new Claim.Validity(time.orElseThrow(), Timestamps.SKEW));
    }

    /// Parted by commas, blanks or both, as AWS takes them.
    private static Map<String, String> parameters(String text) {
        var parameters = new HashMap<String, String>();
        for (var pair : text.split("[,\\s]+", -1)) {
            var equals = pair.indexOf('=');
            if (pair.isEmpty()) {
                continue;
            }
            if (equals < 0 || parameters.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                throw Refusal.notKeyAndValue(pair);
            }
        }
        return parameters;
    }

    /// `X-Amz-Date` goes before `Date`, which a proxy or an HTTP library may have set.
    private static Optional<Instant> time(SignedRequest request) {
        return request.onlyHeader("X-Amz-Date")
                .map(Timestamps::parse)
                .or(() -> request.onlyHeader("Date").map(Timestamps::parseHttpDate));
    }

    private static void requireAll(Map<String, String> parameters, Optional<Instant> time, String authorization) {
        var missing = new StringJoiner(" ").setEmptyValue("");
        for (var name : new String[] {"Credential", "Signature", "SignedHeaders"}) {
            if (parameters.getOrDefault(name, "").isEmpty()) {
                missing.add("Authorization header requires '%s' parameter.".formatted(name));
            }
        }
        if (time.isEmpty()) {
            missing.add("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
        }
        if (missing.length() > 0) {
            throw Refusal.incomplete(missing.toString(), authorization);
        }
    }
}
