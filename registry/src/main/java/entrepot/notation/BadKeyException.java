package entrepot.notation;

/// A file that is to sign cannot be used. The message says why, on one line, and nothing of what is in a key.
public final class BadKeyException extends Exception {

    /// Which of the two files it is about.
    public enum Part {
        KEY,
        CHAIN
    }

    private final Part part;

    BadKeyException(Part part, String message) {
        super(message);
        this.part = part;
    }

    BadKeyException(Part part, String message, Throwable cause) {
        super(message, cause);
        this.part = part;
    }

    public Part part() {
        return part;
    }
}
