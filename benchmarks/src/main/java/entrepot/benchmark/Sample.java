package entrepot.benchmark;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One phase of one contender.
///
/// @param seconds by the wall clock
/// @param cpuSeconds of the server
/// @param others cores that processes used which are neither the servers nor the load generator, the kernel's included
record Sample(Done done, double seconds, double cpuSeconds, double others) {

    /// @param amount bytes moved, or requests answered
    /// @param p50 milliseconds within which half of the requests were answered, 0 where that says nothing
    /// @param p99 the same of 99 of 100
    record Done(long amount, double p50, double p99) {

        static Done bytes(long amount) {
            return new Done(amount, 0, 0);
        }

        static Done requests(long amount, Latencies latencies) {
            return new Done(amount, latencies.p50(), latencies.p99());
        }
    }

    interface Load {
        Done run() throws IOException;
    }

    /// A sample of each group for the same work, by name.
    ///
    /// @param groups of processes, by name
    static Map<String, Sample> of(Map<String, List<ServerProcess>> groups, Load load) throws IOException {
        var machine = Cpu.ofMachine();
        var generator = Cpu.ofGenerator();
        var before = cpu(groups);
        var start = System.nanoTime();
        var done = load.run();
        var seconds = (System.nanoTime() - start) / 1e9;
        var after = cpu(groups);
        var used = new HashMap<String, Double>();
        after.forEach((name, cpu) -> used.put(name, cpu - before.getOrDefault(name, 0.0)));
        var known = Cpu.ofGenerator() - generator + all(used);
        var others = Math.max(0, (Cpu.ofMachine() - machine - known) / seconds);
        var samples = new HashMap<String, Sample>();
        used.forEach((name, cpu) -> samples.put(name, new Sample(done, seconds, cpu, others)));
        return samples;
    }

    private static Map<String, Double> cpu(Map<String, List<ServerProcess>> groups) {
        var cpu = new HashMap<String, Double>();
        groups.forEach((name, servers) -> cpu.put(
                name,
                servers.stream()
                        .mapToDouble(server -> Cpu.of(server.process().toHandle()))
                        .sum()));
        return cpu;
    }

    private static double all(Map<String, Double> used) {
        return used.values().stream().mapToDouble(cpu -> cpu).sum();
    }

    double amountPerSecond() {
        return done.amount() / seconds;
    }

    double cpuSecondsPerUnit() {
        return cpuSeconds / done.amount();
    }

    double p50() {
        return done.p50();
    }

    double p99() {
        return done.p99();
    }
}
