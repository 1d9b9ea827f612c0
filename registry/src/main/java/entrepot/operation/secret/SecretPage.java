package entrepot.operation.secret;

import entrepot.domain.RegistryException;
import entrepot.domain.SecretsError.Kind;
import entrepot.operation.identity.MarkedPage;
import org.jspecify.annotations.Nullable;

/// Which entries of a list to answer with. Source: Secrets Manager API, `MaxResults` and `NextToken`.
final class SecretPage {

    private SecretPage() {}

    /// Fails with a refusal if the token was not made for this list.
    ///
    /// @param kind tells one list from another
    static MarkedPage of(String kind, @Nullable Integer maxResults, @Nullable String nextToken) {
        try {
            return MarkedPage.of(kind, maxResults, nextToken);
        } catch (RegistryException e) {
            throw invalid();
        }
    }

    static RegistryException invalid() {
        return Kind.INVALID_NEXT_TOKEN.refusal("The NextToken value is invalid.");
    }
}
