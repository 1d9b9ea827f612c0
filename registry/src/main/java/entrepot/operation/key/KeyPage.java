package entrepot.operation.key;

import entrepot.domain.KmsError.Kind;
import entrepot.domain.RegistryException;
import entrepot.operation.identity.MarkedPage;
import org.jspecify.annotations.Nullable;

/// Which entries of a list to answer with. Source: KMS API, `Limit` and `Marker`.
public final class KeyPage {

    private KeyPage() {}

    /// Fails with a refusal if the marker was not made for this list.
    ///
    /// @param kind tells one list from another
    /// @param usual how many entries a page has where the call does not say
    public static MarkedPage of(String kind, int usual, @Nullable Integer limit, @Nullable String marker) {
        try {
            return MarkedPage.of(kind, limit == null ? usual : limit, marker);
        } catch (RegistryException e) {
            throw Kind.INVALID_MARKER.refusal("The marker is not one of this list.");
        }
    }
}
