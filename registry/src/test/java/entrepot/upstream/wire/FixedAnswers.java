package entrepot.upstream.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server on a free port of this machine that answers each request with whatever bytes it is told to, HTTP or not. A
/// connection ends after its answer, unless that has `keep` on.
public final class FixedAnswers implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final Script script;
    private final boolean keep;

    /// Writes an answer.
    @FunctionalInterface
    public interface Script {
        /// Writes one.
        ///
        /// @param request its head, as it came
        void answer(String request, OutputStream out) throws IOException, InterruptedException;
    }

    private FixedAnswers(Script script, boolean keep) throws IOException {
        this.script = script;
        this.keep = keep;
        Thread.ofVirtual().start(this::accept);
    }

    public static FixedAnswers scripted(Script script) throws IOException {
        return new FixedAnswers(script, false);
    }

    static FixedAnswers keeping(Script script) throws IOException {
        return new FixedAnswers(script, true);
    }

    /// The same answer to everything.
    public static FixedAnswers of(String answer) throws IOException {
        return scripted((_, out) -> out.write(answer.getBytes(ISO_8859_1)));
    }

    public URI url() {
        return URI.create("http://" + host());
    }

    public URI url(String path) {
        return url().resolve(path);
    }

    public String host() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /// Heads of those that came so far.
    public List<String> requests() {
        return requests;
    }

    int connections() {
        return open.size();
    }

    private void accept() {
        try {
            while (true) {
                var accepted = socket.accept();
                open.add(accepted);
                Thread.ofVirtual().start(() -> serve(accepted));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket accepted) {
        try (accepted) {
            var in = new BufferedInputStream(accepted.getInputStream());
            do {
                var head = head(in);
                requests.add(head);
                script.answer(head, accepted.getOutputStream());
                accepted.getOutputStream().flush();
            } while (keep);
        } catch (IOException e) {
            // the client has gone, which is what some tests are about
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String head(InputStream in) throws IOException {
        var text = new StringBuilder();
        while (!text.toString().endsWith("\r\n\r\n")) {
            var c = in.read();
            if (c < 0) {
                throw new IOException("no more requests");
            }
            text.append((char) c);
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (var accepted : open) {
            accepted.close();
        }
    }
}
