package entrepot.store;

import entrepot.domain.Progress;
import java.io.IOException;

/// Bytes broke off on their way into a store. What came of them is there, and can be gone on from.
public final class BrokeOffException extends IOException {

    private final transient Progress progress;
    private final IOException source;

    /// @param progress what came is part of it
    /// @param source why they broke off
    public BrokeOffException(Progress progress, IOException source) {
        super(source.getMessage(), source);
        this.progress = progress;
        this.source = source;
    }

    public Progress progress() {
        return progress;
    }

    /// Why the bytes broke off.
    public IOException source() {
        return source;
    }
}
