package entrepot.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs contenders in turn, A B C A B C, so that what else the machine does hits all of them. The first round warms up,
/// each for as long as it takes, and does not count.
record Rounds(Path folder, Results results) {

    interface Phase<C> {
        /// Prepares what need not be timed.
        Sample.Load prepare(C contender) throws IOException;
    }

    <C extends Contender> void run(Work work, int round, List<C> contenders, Phase<C> phase) throws IOException {
        System.err.printf("%s %s, round %d%n", work.table(), work.label(), round);
        for (var contender : contenders) {
            contender.rest();
            writeBack();
            if (round == 0) {
                warmUp(work, contender, phase);
            } else {
                samples(contender, phase.prepare(contender)).forEach((name, sample) -> results.add(work, name, sample));
            }
        }
    }

    private static <C extends Contender> void warmUp(Work work, C contender, Phase<C> phase) throws IOException {
        try {
            WarmUp.run(work, contender.servers(), () -> phase.prepare(contender));
        } catch (IOException e) {
            throw failed(contender, e);
        }
    }

    private static Map<String, Sample> samples(Contender contender, Sample.Load load) throws IOException {
        var groups = new LinkedHashMap<>(contender.helpers());
        groups.put(contender.name(), contender.servers());
        try {
            return Sample.of(groups, load);
        } catch (IOException e) {
            throw failed(contender, e);
        }
    }

    private static IOException failed(Contender contender, IOException cause) {
        return new IOException(
                contender.name() + " failed; it printed: " + contender.server().printed(), cause);
    }

    /// So that no one pays for what another left unwritten.
    private void writeBack() throws IOException {
        try {
            new ProcessBuilder("sync", "-f", folder.toString()).start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
