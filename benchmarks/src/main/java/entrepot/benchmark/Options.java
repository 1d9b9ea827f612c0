package entrepot.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What to measure, and how often.
///
/// @param folder empty; holds everything that the run writes
/// @param record where all samples are written down
/// @param rounds that count, after the one that warms up
/// @param pushRounds that count; fewer, as each fills the disk
/// @param largeLayer of which parts are read, in bytes
/// @param images in the larger of two databases of PostgreSQL
/// @param limit after which a run is given up
record Options(
        Path folder,
        Path record,
        Set<Part> parts,
        int rounds,
        int pushRounds,
        int largeLayer,
        int images,
        Duration limit) {

    /// In the order in which they run. The cluster's go first, since what they wrote is deleted, and a file system may
    /// be
    /// slow to make files for some minutes after it has deleted many.
    enum Part {
        CLUSTER,
        CLUSTER_SIZE,
        PUT,
        READ,
        PUSH,
        PULL,
        KMS,
        TLS,
        PAGES,
        PROFILE,

        /// Pieces of [#CLUSTER], and its profile: run only where they are asked for.
        CLUSTER_COUNTS,
        CLUSTER_PUT,
        CLUSTER_PUSH,
        CLUSTER_PULL,
        CLUSTER_NODES,
        CLUSTER_PROFILE;

        static final Set<Part> OF_CLUSTER = EnumSet.range(CLUSTER_COUNTS, CLUSTER_NODES);
    }

    /// @throws IllegalArgumentException with the usage, if the words are not understood
    static Options parse(String... arguments) {
        var words = new ArrayList<>(List.of(arguments));
        var folder = Path.of(words.removeFirst());
        var record = Path.of(words.removeFirst());
        var quick = words.remove("--quick");
        var parts = parts(words);
        if (!words.isEmpty()) {
            throw usage();
        }
        return quick
                ? new Options(folder, record, parts, 2, 1, 100_000_000, 100_000, Duration.ofMinutes(20))
                : new Options(folder, record, parts, 5, 3, 1_000_000_000, 1_000_000, Duration.ofMinutes(120));
    }

    private static Set<Part> parts(List<String> words) {
        var only = words.indexOf("--only");
        if (only < 0) {
            return EnumSet.range(Part.CLUSTER, Part.PAGES);
        }
        if (only + 1 == words.size()) {
            throw usage();
        }
        words.remove(only);
        return Stream.of(words.remove(only).split(","))
                .map(word -> Part.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
    }

    /// Whether a piece of the part `cluster` is to run, by itself or with all of them.
    boolean has(Part piece) {
        return parts.contains(piece) || parts.contains(Part.CLUSTER);
    }

    private static IllegalArgumentException usage() {
        return new IllegalArgumentException(
                "usage: benchmarks/run [--quick] [--only put|read|push|pull|kms|tls|cluster|cluster-size|pages|profile,...]"
                        + "; of cluster alone: cluster-counts|cluster-put|cluster-push|cluster-pull|cluster-nodes,"
                        + " and cluster-profile");
    }
}
