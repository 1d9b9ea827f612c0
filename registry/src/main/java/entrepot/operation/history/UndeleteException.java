package entrepot.operation.history;

/// Why something is not had back, in words for whoever asked.
public final class UndeleteException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UndeleteException(String message) {
        super(message);
    }
}
