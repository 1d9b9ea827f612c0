package entrepot.replication;

import java.io.IOException;

/// A registry elsewhere refuses for good what it was to have.
public final class RefusedException extends IOException {

    private final String code;

    /// @param code what it calls that, as ECR has it without `Exception`
    public RefusedException(String code, String message) {
        super(message);
        this.code = code;
    }

    String code() {
        return code;
    }
}
