package entrepot.scanner;

import java.io.IOException;

/// A scan came to nothing, for a reason that anybody may read who may read its findings.
public final class ScanFailedException extends IOException {

    public ScanFailedException(String message) {
        super(message);
    }
}
