package entrepot.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// CPU seconds of a process by what its threads are called, numbers left out; from `schedstat`, in nanoseconds
/// (proc(5)).
record ThreadTimes(Map<String, Double> seconds) {
    private static final double NANOS = 1e-9;
    private static final double LEAST = 0.02;

    static ThreadTimes of(ServerProcess server) throws IOException {
        var seconds = new TreeMap<String, Double>();
        try (var threads =
                Files.list(Path.of("/proc", Long.toString(server.process().pid()), "task"))) {
            for (var thread : threads.toList()) {
                add(seconds, thread);
            }
        }
        return new ThreadTimes(seconds);
    }

    private static void add(Map<String, Double> seconds, Path thread) {
        try {
            var name = Files.readString(thread.resolve("comm")).strip().replaceAll("[-#0-9 ]+$", "");
            var run =
                    Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
            seconds.merge(name, run * NANOS, Double::sum);
        } catch (IOException e) {
            // it has ended meanwhile
        }
    }

    ThreadTimes since(ThreadTimes before) {
        var passed = new TreeMap<String, Double>();
        seconds.forEach((name, now) ->
                passed.put(name, Math.max(0, now - before.seconds().getOrDefault(name, 0.0))));
        return new ThreadTimes(passed);
    }

    double all() {
        return seconds.values().stream().mapToDouble(one -> one).sum();
    }

    /// Of threads that are called so, or something with it.
    double of(String name) {
        return seconds.entrySet().stream()
                .filter(entry -> entry.getKey().contains(name))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /// Those that matter, in microseconds for each request.
    String text(long requests) {
        return seconds.entrySet().stream()
                .filter(entry -> entry.getValue() > LEAST * all())
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
                .map(entry -> "%s %.0f".formatted(entry.getKey(), entry.getValue() * 1e6 / requests))
                .collect(Collectors.joining(", "));
    }
}
