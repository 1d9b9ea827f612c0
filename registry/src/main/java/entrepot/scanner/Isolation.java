package entrepot.scanner;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What keeps a program from the network, and from outliving its end, as far as the machine allows it.
final class Isolation {

    private static final Logger LOG = LoggerFactory.getLogger(Isolation.class);

    private static final int PATIENCE_SECONDS = 10;

    /// Namespaces of its own, with and without those of a user, who has no rights outside.
    private static final List<List<String>> WAYS = List.of(
            List.of("unshare", "--map-root-user", "--net", "--pid", "--fork", "--kill-child", "--"),
            List.of("unshare", "--net", "--pid", "--fork", "--kill-child", "--"),
            List.of("unshare", "--map-root-user", "--net", "--"));

    /// Looked for once.
    private static final class Known {
        static final List<String> SESSION = works(List.of("setsid")) ? List.of("setsid") : List.of();
        static final List<String> NAMESPACES = firstWay();
    }

    private Isolation() {}

    /// Words before a command, which then is the leader of a group of processes.
    static List<String> session() {
        return Known.SESSION;
    }

    /// Words before a command, which then has no network.
    static List<String> namespaces() {
        return Known.NAMESPACES;
    }

    private static List<String> firstWay() {
        return WAYS.stream().filter(Isolation::works).findFirst().orElseGet(() -> {
            LOG.warn("this machine gives no process a network of its own: scanners run with the server's");
            return List.of();
        });
    }

    private static boolean works(List<String> words) {
        try {
            var process = new ProcessBuilder(
                            Stream.concat(words.stream(), Stream.of("true")).toList())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false; // there is no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
