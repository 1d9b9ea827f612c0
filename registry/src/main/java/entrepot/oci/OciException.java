package entrepot.oci;

/// Carries an error that is known only on the wire; what operations refuse comes as a RegistryException.
final class OciException extends RuntimeException {

    private final transient OciError error;

    /// Without a stack trace: a refusal is an answer, and must cost as little as one.
    OciException(OciError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    OciException(int status, String code, String message) {
        this(new OciError(status, code, message));
    }

    OciError error() {
        return error;
    }
}
