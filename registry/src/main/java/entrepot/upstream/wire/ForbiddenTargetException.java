package entrepot.upstream.wire;

import java.io.IOException;
import java.io.Serial;

/// A host has an address that may not be connected to. Nothing was sent there.
public final class ForbiddenTargetException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    ForbiddenTargetException(Origin target) {
        super("%s has no address that is public, and is not allowed".formatted(target));
    }
}
