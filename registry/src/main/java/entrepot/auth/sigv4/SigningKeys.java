package entrepot.auth.sigv4;

import entrepot.auth.Hmac;
import entrepot.auth.LeastRecentlyUsed;
import java.nio.charset.StandardCharsets;

/// The keys that sign, each derived from a secret for one scope and remembered for as long as it is in use.
///
/// Source: IAM user guide, "Create a signed AWS API request", step 4.
final class SigningKeys {

    private static final int REMEMBERED = 1_000;

    private final Hmac hmac;
    private final LeastRecentlyUsed<Origin, byte[]> derived = new LeastRecentlyUsed<>(REMEMBERED);

    private record Origin(String secret, Scope scope) {
        @Override
        public String toString() {
            return scope.toString();
        }
    }

    SigningKeys(Hmac hmac) {
        this.hmac = hmac;
    }

    byte[] sign(String secret, Scope scope, String text) {
        return hmac.of(of(new Origin(secret, scope)), text);
    }

    private byte[] of(Origin origin) {
        return derived.get(origin).orElseGet(() -> {
            var key = derive(origin);
            derived.put(origin, key);
            return key;
        });
    }

    private byte[] derive(Origin origin) {
        var scope = origin.scope();
        var date = hmac.of(("AWS4" + origin.secret()).getBytes(StandardCharsets.UTF_8), scope.date());
        var region = hmac.of(date, scope.region());
        var service = hmac.of(region, scope.service());
        return hmac.of(service, scope.terminator());
    }
}
