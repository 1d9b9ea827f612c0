package entrepot.benchmark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// Several clients that share out a list of tasks, each on its own connection and thread.
final class Clients {
    static final int COUNT = 8;

    interface Task<T> {
        void run(HttpConnection connection, T item) throws IOException;
    }

    private Clients() {}

    static <T> void run(InetSocketAddress server, List<T> items, Task<T> task) throws IOException {
        run(List.of(server), items, task);
    }

    static <T> void run(List<InetSocketAddress> servers, List<T> items, Task<T> task) throws IOException {
        run(COUNT, servers, items, task);
    }

    /// @param servers whose turn it is, one client after the other
    static <T> void run(int clients, List<InetSocketAddress> servers, List<T> items, Task<T> task) throws IOException {
        var queue = new ConcurrentLinkedQueue<>(items);
        runAll(IntStream.range(0, clients)
                .mapToObj(i -> client(servers.get(i % servers.size()), queue, task))
                .toList());
    }

    private static <T> Callable<Void> client(InetSocketAddress server, Queue<T> queue, Task<T> task) {
        return () -> {
            try (var connection = new HttpConnection(server)) {
                for (var item = queue.poll(); item != null; item = queue.poll()) {
                    task.run(connection, item);
                }
            }
            return null;
        };
    }

    /// Runs all at once, each on its own thread, and waits for them.
    static void runAll(List<Callable<Void>> clients) throws IOException {
        try (var threads = Executors.newFixedThreadPool(clients.size())) {
            for (var result : threads.invokeAll(clients)) {
                result.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a client failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
