package entrepot.console;

import entrepot.domain.EveryApiError;
import entrepot.domain.RegistryError;
import java.util.Optional;
import java.util.function.Function;

/// A part of a page: what an operation answered, or why it did not.
public record Part<T>(Optional<T> found, Optional<RegistryError> refusal) {

    /// Words for whoever looks at the page; empty where there is nothing to be said.
    public String why() {
        return refusal.map(RegistryError::message).orElse("");
    }

    /// Whether it is kept from them, and not just not there.
    public boolean isDenied() {
        return refusal.filter(EveryApiError.AccessDenied.class::isInstance).isPresent();
    }

    public <R> Part<R> map(Function<T, R> change) {
        return new Part<>(found.map(change), refusal);
    }
}
