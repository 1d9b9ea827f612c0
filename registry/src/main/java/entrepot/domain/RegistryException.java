package entrepot.domain;

/// Carries a [RegistryError] to the surface that will word it.
public final class RegistryException extends RuntimeException {

    private final transient RegistryError error;

    /// Without a stack trace: a refusal is an answer, and must cost as little as one.
    public RegistryException(RegistryError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    public RegistryError error() {
        return error;
    }
}
