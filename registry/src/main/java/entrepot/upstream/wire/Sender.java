package entrepot.upstream.wire;

import java.io.IOException;

/// The way to a registry: the network, or none where it is in the same process.
@FunctionalInterface
public interface Sender {

    /// Sends a request and waits until its answer begins, whatever the status.
    Response send(Request request) throws IOException;
}
