package entrepot.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.cli.OutOfMemoryExit;
import entrepot.http.HttpResponse;
import entrepot.http.vertx.HttpServer;
import entrepot.http.vertx.HttpSettings;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// A process of its own, with little heap and none of the JVM's options that end it, is brought to its last byte.
class OutOfMemoryTest {

    private static final String LINE = "entrepot: out of memory (-Xmx, -XX:MaxDirectMemorySize); ending with status 3";

    @ParameterizedTest
    @ValueSource(strings = {"request", "thread", "library", "direct"})
    @Timeout(240)
    void the_process_ends_with_a_line_and_a_status(String where) throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-cp",
                        classPath(),
                        OutOfMemoryTest.class.getName(),
                        where)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var err = process.getErrorStream()) {
            assertThat(new String(err.readAllBytes(), UTF_8)).contains(LINE);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(3);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String classPath() {
        return Thread.currentThread().getContextClassLoader() instanceof URLClassLoader loader
                ? Stream.of(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }

    public static void main(String[] arguments) throws IOException {
        OutOfMemoryExit.watchThreads();
        switch (arguments[0]) {
            case "request" -> serveAndAsk();
            case "thread" -> Thread.ofVirtual().start(OutOfMemoryTest::exhaust);
            case "direct" -> Thread.ofVirtual().start(() -> ByteBuffer.allocateDirect(100_000_000));
            default -> Thread.ofPlatform().start(OutOfMemoryTest::swallow);
        }
        sleep();
    }

    private static void serveAndAsk() throws IOException {
        var server = HttpServer.start(HttpSettings.on("127.0.0.1", 0), request -> {
            exhaust();
            return HttpResponse.of(200);
        });
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(UTF_8));
            socket.getInputStream().readAllBytes();
        }
    }

    /// As Netty does with what a task of its event loops throws.
    private static void swallow() {
        try {
            exhaust();
        } catch (Throwable e) {
            LoggerFactory.getLogger(OutOfMemoryTest.class).debug("a task failed: {}", "task", e);
        }
    }

    private static void exhaust() {
        var all = new ArrayList<byte[]>();
        while (all.size() < Integer.MAX_VALUE) {
            all.add(new byte[100_000]);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(300_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
