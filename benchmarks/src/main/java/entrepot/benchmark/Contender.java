package entrepot.benchmark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/// One of those that are compared. Each can do some of the work.
interface Contender extends AutoCloseable {
    String name();

    ServerProcess server();

    /// All processes that are its own.
    default List<ServerProcess> servers() {
        return List.of(server());
    }

    /// What it has others do, whose CPU is told in lines of their own, by the name of the line.
    default Map<String, List<ServerProcess>> helpers() {
        return Map.of();
    }

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
