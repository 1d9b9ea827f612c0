package entrepot.domain;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/// A target that has memory of its own for what comes, so that bytes need not be copied from one buffer into another.
public interface DirectTarget extends WritableByteChannel {

    /// Takes what the source gives in one read. Returns how many bytes that were, or -1 if the source has ended.
    ///
    /// @param most bytes to take, at least 1
    int takeFrom(ReadableByteChannel source, long most) throws IOException;
}
