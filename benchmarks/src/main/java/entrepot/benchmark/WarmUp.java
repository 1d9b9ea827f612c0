package entrepot.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Work that is done before it counts, until the JVMs at it have compiled what they run most. What compilers take is of
/// a server's first minutes and of no request, and of more nodes it is more.
final class WarmUp {
    private static final String COMPILER = "Compiler";

    /// Of the CPU of all threads.
    private static final double SETTLED = 0.1;

    /// For each server, of requests.
    private static final int LOADS = 12;

    /// The same of bytes, which fill the disk.
    private static final int LOADS_OF_BYTES = 5;

    private WarmUp() {}

    /// Once for who compiles nothing.
    static void run(Work work, List<ServerProcess> servers, Turn.Preparation preparation) throws IOException {
        var most = servers.size() * (work.table().isOfRequests() ? LOADS : LOADS_OF_BYTES);
        var compiling = 1.0;
        for (var i = 0; i < most && compiling > SETTLED; i++) {
            var before = times(servers);
            preparation.prepare().run();
            compiling = compiling(before, times(servers));
        }
        if (compiling > 0) {
            System.err.printf("warmed up: compilers take %.0f %% of the CPU%n", 100 * compiling);
        }
    }

    private static List<ThreadTimes> times(List<ServerProcess> servers) throws IOException {
        var times = new ArrayList<ThreadTimes>();
        for (var server : servers) {
            times.add(ThreadTimes.of(server));
        }
        return times;
    }

    private static double compiling(List<ThreadTimes> before, List<ThreadTimes> after) {
        double all = 0;
        double compilers = 0;
        for (var i = 0; i < before.size(); i++) {
            var passed = after.get(i).since(before.get(i));
            all += passed.all();
            compilers += passed.of(COMPILER);
        }
        return all == 0 ? 0 : compilers / all;
    }
}
