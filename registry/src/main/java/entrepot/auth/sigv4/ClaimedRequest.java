package entrepot.auth.sigv4;

import entrepot.auth.Authentication;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request with what it says of its own signature, read once, whichever form that has. Nothing of it is proven.
public final class ClaimedRequest {

    private final SignedRequest request;
    private final @Nullable Claim claim;
    private final Authentication unread;

    private ClaimedRequest(SignedRequest request, @Nullable Claim claim, Authentication unread) {
        this.request = request;
        this.claim = claim;
        this.unread = unread;
    }

    public static ClaimedRequest of(SignedRequest request) {
        var missing = new Authentication.Missing();
        try {
            return new ClaimedRequest(request, read(request), missing);
        } catch (Refusal refusal) {
            return new ClaimedRequest(request, null, refusal.rejected());
        }
    }

    private static @Nullable Claim read(SignedRequest request) {
        var query = SignedQuery.parse(request.query());
        var authorization = request.onlyHeader("Authorization");
        if (authorization.isPresent()) {
            return HeaderForm.parse(request, query, authorization.get());
        }
        return QueryForm.isIn(query) ? QueryForm.parse(query) : null;
    }

    /// Whether a query holds a signature, or what is meant for one.
    ///
    /// @param query not decoded
    public static boolean isPresigned(String query) {
        return QueryForm.isIn(SignedQuery.parse(query));
    }

    /// What the credential says that it is scoped to, such as `sts`; empty if there is none that can be read.
    public Optional<String> service() {
        return Optional.ofNullable(claim).map(read -> read.credential().scope().service());
    }

    SignedRequest request() {
        return request;
    }

    Optional<Claim> claim() {
        return Optional.ofNullable(claim);
    }

    /// Why there is no claim.
    Authentication unread() {
        return unread;
    }
}
