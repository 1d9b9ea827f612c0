package entrepot.benchmark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/// One of those that are compared. Each can do some of the work.
interface Contender extends AutoCloseable {
    String name();

    ServerProcess server();

    /// Called before each phase, outside the clock.
    default void rest() throws IOException {}

    @Override
    default void close() {
        server().close();
    }

    /// Serves blobs over HTTP.
    interface Puller extends Contender {
        InetSocketAddress address();

        /// Makes the blobs servable.
        void store(List<Blob> blobs) throws IOException;

        /// The whole request that asks for the blob.
        byte[] get(Blob blob);
    }

    /// Keeps blobs.
    interface Pusher extends Contender {
        /// Stores the blobs for several clients at once, each as durably as this contender does by itself.
        void push(List<Blob> blobs) throws IOException;
    }

    /// Keeps manifests.
    interface Putter extends Contender {
        InetSocketAddress address();

        /// Whole requests that store these manifests under these tags.
        List<byte[]> puts(List<TaggedManifest> manifests);
    }
}
