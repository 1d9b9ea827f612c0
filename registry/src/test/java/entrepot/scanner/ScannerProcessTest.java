package entrepot.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A scanner is held within its limits, by programs that break each of them.
@Timeout(120)
class ScannerProcessTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path work;

    private Path output() {
        return work.resolve("output");
    }

    private void run(String program, Duration timeout, long memory) throws IOException, InterruptedException {
        new ScannerProcess(work, timeout, memory, () -> {})
                .run(List.of("sh", "-c", program), Map.of("TOLD", "yes"), output());
    }

    private void refused(String why, String program, Duration timeout, long memory) {
        assertThatThrownBy(() -> run(program, timeout, memory))
                .isInstanceOf(ScanFailedException.class)
                .hasMessage(why);
    }

    @Test
    void it_has_nothing_of_the_servers_environment() throws Exception {
        run("env | cut -d= -f1 | sort", LONG, 1L << 30);

        assertThat(Files.readAllLines(output()))
                .contains("HOME", "PATH", "TMPDIR", "TOLD")
                .isSubsetOf("GOMEMLIMIT", "HOME", "PATH", "TMPDIR", "TOLD", "PWD", "OLDPWD", "SHLVL", "_");
    }

    /// Where the machine has namespaces, there is no network but its own loopback, which is down.
    @Test
    void it_has_no_network() throws Exception {
        run("cat /proc/self/net/dev | grep -c ':'", LONG, 1L << 30);

        if (!Isolation.namespaces().isEmpty()) {
            assertThat(Files.readString(output()).strip()).isEqualTo("1");
        }
    }

    @Test
    void it_works_in_a_folder_of_its_own() throws Exception {
        run("pwd; echo \"$TMPDIR\"; echo \"$HOME\"", LONG, 1L << 30);

        assertThat(Files.readAllLines(output()))
                .containsOnly(work.resolve("scratch").toString());
    }

    @Test
    void one_that_hangs_is_ended_with_all_that_it_began() throws Exception {
        var mark = 1_000_000 + ProcessHandle.current().pid();
        refused(
                "The scanner took longer than 1 s",
                "(sleep %1$d.1 & sleep %1$d.2) & sleep %1$d.3".formatted(mark),
                Duration.ofSeconds(1),
                1L << 30);

        assertThat(left(mark)).isEmpty();
    }

    /// Processes of this test; what is killed may take a while to go.
    private static List<String> left(long mark) throws InterruptedException {
        for (int turn = 0; ; turn++) {
            var left = ProcessHandle.allProcesses()
                    .map(process -> process.info().commandLine().orElse(""))
                    .filter(line -> line.contains("sleep " + mark))
                    .toList();
            if (left.isEmpty() || turn == 300) {
                return left;
            }
            Thread.sleep(100);
        }
    }

    @Test
    void one_that_crashes_has_failed() {
        refused("The scanner ended with status 7", "exit 7", LONG, 1L << 30);
    }

    @Test
    void one_that_is_not_there_has_failed() {
        assertThatThrownBy(() -> new ScannerProcess(work, LONG, 1L << 30, () -> {})
                        .run(List.of("/no/such/scanner"), Map.of(), output()))
                .isInstanceOf(ScanFailedException.class)
                .hasMessageStartingWith("The scanner ended with status ");
    }

    @Test
    void one_that_writes_without_end_is_ended() {
        refused("The scanner's report is larger than 268435456 bytes", "yes", LONG, 1L << 30);
    }

    @Test
    void one_that_takes_too_much_memory_is_ended() {
        refused(
                "The scanner used more than 67108864 bytes of memory",
                "head -c 200000000 /dev/zero | tail -c 150000000 | sleep 60",
                LONG,
                64L << 20);
    }

    @Test
    void it_ends_when_its_thread_is_interrupted() throws Exception {
        var ended = new AtomicReference<Exception>();
        var thread = Thread.ofVirtual().start(() -> {
            try {
                run("sleep 3061", LONG, 1L << 30);
            } catch (IOException | InterruptedException e) {
                ended.set(e);
            }
        });
        while (!Files.exists(output())) {
            Thread.sleep(10);
        }
        thread.interrupt();
        thread.join();

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    }
}
