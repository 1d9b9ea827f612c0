package entrepot.store.s3;

import java.io.IOException;

/// S3 says no.
final class Refused extends IOException {

    private final int status;
    private final String code;

    /// @param kind what was asked
    Refused(String kind, int status, String code, Throwable cause) {
        super("S3 refuses %s: %d %s".formatted(kind, status, code), cause);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
