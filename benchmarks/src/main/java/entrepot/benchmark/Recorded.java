package entrepot.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A run with every sample that counts, as it is written down: `benchmarks/page.py` makes tables and plots of it.
///
/// @param day when it ended, in UTC
record Recorded(
        Machine machine, String commit, String day, List<Line> works, List<Verdict> goals, Map<String, Object> counts) {

    /// Contenders at one work. What did not run has no samples.
    ///
    /// @param ofRequests whether amounts are requests, and not bytes
    /// @param parts those of the samples that are of helpers
    record Line(
            Table table,
            String title,
            boolean ofRequests,
            String label,
            List<String> parts,
            Map<String, List<Round>> samples) {}

    /// @param cpuSeconds of the server
    /// @param others cores that foreign processes used
    /// @param p50 in milliseconds, 0 where there is none
    record Round(long amount, double seconds, double cpuSeconds, double others, double p50, double p99) {}

    static Recorded of(Options options, Results results) throws IOException {
        return new Recorded(
                Machine.here(options.folder()),
                Machine.commit(),
                LocalDate.now(ZoneOffset.UTC).toString(),
                results.works().stream().map(work -> line(work, results)).toList(),
                new Goals(results).verdicts(),
                results.counts().all());
    }

    private static Line line(Work work, Results results) {
        var samples = new LinkedHashMap<String, List<Round>>();
        Stream.concat(work.contenders().stream(), work.parts().stream())
                .forEach(name -> samples.put(
                        name,
                        results.samples(work, name).stream()
                                .map(Recorded::round)
                                .toList()));
        var table = work.table();
        return new Line(table, table.title(), table.isOfRequests(), work.label(), work.parts(), samples);
    }

    private static Round round(Sample sample) {
        return new Round(
                sample.done().amount(),
                sample.seconds(),
                sample.cpuSeconds(),
                sample.others(),
                sample.p50(),
                sample.p99());
    }

    void write(Path file) throws IOException {
        var mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, mapper.writeValueAsBytes(this));
    }
}
