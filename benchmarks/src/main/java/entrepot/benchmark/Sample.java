package entrepot.benchmark;

import java.io.IOException;

/// One phase of one contender.
///
/// @param seconds by the wall clock
/// @param cpuSeconds of the server
/// @param others cores that processes used which are neither the server nor the load generator, the kernel's included
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

    static Sample of(ProcessHandle server, Load load) throws IOException {
        var machine = Cpu.ofMachine();
        var generator = Cpu.ofGenerator();
        var before = Cpu.of(server);
        var start = System.nanoTime();
        var done = load.run();
        var seconds = (System.nanoTime() - start) / 1e9;
        var cpu = Cpu.of(server) - before;
        var own = Cpu.ofGenerator() - generator;
        var others = (Cpu.ofMachine() - machine - own - cpu) / seconds;
        return new Sample(done, seconds, cpu, Math.max(0, others));
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
