package entrepot.operation.layer;

import java.io.IOException;

/// Nobody waits for this any more, so it was left.
final class GivenUpException extends IOException {

    GivenUpException() {
        super("nobody waits for it");
    }
}
