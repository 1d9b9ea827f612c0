package entrepot.benchmark;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/// A process of ours that shows what a piece of work costs without network or registry: it is told of each task over a
/// connection, and answers one byte when it is done.
final class TaskProcess {

    interface Task {
        /// Reads what to do, and does it.
        ///
        /// @throws EOFException before it has read anything, if no task is left
        void run(DataInputStream told) throws IOException;
    }

    private TaskProcess() {}

    /// @param arguments to which the port is added
    static ServerProcess start(Path log, InetSocketAddress address, Class<?> main, Object... arguments)
            throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var server = ServerProcess.start(
                log,
                Stream.of(
                                Stream.of(java, "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")),
                                Stream.of(main.getName()),
                                Stream.of(arguments),
                                Stream.of(address.getPort()))
                        .flatMap(words -> words)
                        .map(Object::toString)
                        .toList());
        server.await(() -> Ports.answers(address));
        return server;
    }

    /// Has all the tasks done, over several connections at once.
    static void run(InetSocketAddress address, List<byte[]> tasks) throws IOException {
        var queue = new ConcurrentLinkedQueue<>(tasks);
        Callable<Void> client = () -> {
            try (var socket = new Socket(address.getAddress(), address.getPort())) {
                for (var task = queue.poll(); task != null; task = queue.poll()) {
                    socket.getOutputStream().write(task);
                    new DataInputStream(socket.getInputStream()).readByte();
                }
            }
            return null;
        };
        Clients.runAll(Stream.generate(() -> client).limit(Clients.COUNT).toList());
    }

    /// Does tasks for as long as the process lives.
    static void serve(int port, Task task) throws IOException {
        try (var server = new ServerSocket()) {
            server.bind(Ports.loopback(port));
            while (true) {
                var socket = server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(socket, task));
            }
        }
    }

    private static void serve(Socket socket, Task task) {
        try (socket) {
            var told = new DataInputStream(socket.getInputStream());
            while (true) {
                task.run(told);
                socket.getOutputStream().write(1);
            }
        } catch (EOFException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
