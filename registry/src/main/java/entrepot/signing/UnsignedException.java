package entrepot.signing;

/// There can be no such signature, now or later.
final class UnsignedException extends RuntimeException {

    private final String code;

    /// @param code as Signer names such a fault
    UnsignedException(String code, String message) {
        super(message);
        this.code = code;
    }

    String code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
