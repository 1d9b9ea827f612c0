package entrepot.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/// What Java code a server spent its CPU in, by the JVM's own samples of CPU time.
final class JavaSamples {
    private static final int ROWS = 14;
    private static final String SETTINGS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <configuration version="2.0">
              <event name="jdk.CPUTimeSample">
                <setting name="enabled">true</setting>
                <setting name="throttle">5 ms</setting>
                <setting name="stackTrace">true</setting>
              </event>
            </configuration>
            """;

    private JavaSamples() {}

    /// As a table in Markdown: in which of our classes it was, and in which method at last.
    static String during(ServerProcess server, Path folder, Sample.Load load) throws IOException {
        var settings = Files.writeString(folder.resolve("cpu.jfc"), SETTINGS);
        var recording = folder.resolve("profile.jfr");
        jcmd(server, "JFR.start", "name=profile", "settings=" + settings.toAbsolutePath());
        load.run();
        jcmd(server, "JFR.stop", "name=profile", "filename=" + recording.toAbsolutePath());
        var samples = RecordingFile.readAllEvents(recording).stream()
                .filter(event -> event.getEventType().getName().equals("jdk.CPUTimeSample"))
                .filter(event -> event.getStackTrace() != null)
                .toList();
        Files.delete(recording);
        return table(samples, "our code", JavaSamples::ours) + "\n" + table(samples, "method", JavaSamples::top);
    }

    private static void jcmd(ServerProcess server, String... words) throws IOException {
        var command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/jcmd",
                Long.toString(server.process().pid())));
        command.addAll(List.of(words));
        Programs.run(command);
    }

    private static String table(List<RecordedEvent> samples, String title, Function<RecordedEvent, String> by) {
        var counts = new HashMap<String, Integer>();
        samples.forEach(sample -> counts.merge(by.apply(sample), 1, Integer::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(ROWS)
                .map(entry -> "| %.1f %% | `%s` |".formatted(100.0 * entry.getValue() / samples.size(), entry.getKey()))
                .collect(Collectors.joining("\n", "| of samples | " + title + " |\n|---:|---|\n", "\n"));
    }

    /// The innermost frame of ours; the innermost of all where there is none.
    private static String ours(RecordedEvent sample) {
        return sample.getStackTrace().getFrames().stream()
                .map(JavaSamples::name)
                .filter(name -> name.startsWith("entrepot."))
                .findFirst()
                .map(name -> name.replaceFirst("^entrepot\\.", ""))
                .orElseGet(() -> "(none) " + outer(sample));
    }

    private static String outer(RecordedEvent sample) {
        return name(sample.getStackTrace().getFrames().getFirst()).replaceFirst("\\.[^.]*$", "");
    }

    private static String top(RecordedEvent sample) {
        return name(sample.getStackTrace().getFrames().getFirst());
    }

    private static String name(RecordedFrame frame) {
        var method = frame.getMethod();
        return method.getType().getName() + "." + method.getName();
    }
}
