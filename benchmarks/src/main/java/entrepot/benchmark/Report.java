package entrepot.benchmark;

import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The results as text for a terminal: tables of figures and ratios, then the goals.
record Report(Options options, Results results) {
    private static final String ROW = "%-21s %-29s %10s %11s %8s %8s %8s %8s %8s%n";
    private static final String WIDE_ROW = ROW.replace("%-21s", "%-44s");
    private static final Set<Table> WIDE =
            EnumSet.of(Table.PAGES, Table.CLUSTER_SIZE, Table.SCALE_REQUESTS, Table.SCALE_BLOBS);

    String text() {
        return introduction()
                + Stream.of(Table.values()).map(this::table).collect(Collectors.joining())
                + results.counts().text()
                + new Goals(results).text();
    }

    private String introduction() {
        return """
                %d cores, %s, JDK %s. Median of %d rounds (push: %d) after one that warmed up.
                MB and GB are decimal. CPU is the server's, user and system. x wall: Entrepot's speed over theirs (more \
                is better);
                x CPU: Entrepot's CPU over theirs (less is better). others: cores used by foreign processes meanwhile.
                docker-registry never asks the disk to keep what it acknowledges; Entrepot and the limit always do.
                """.formatted(
                        Runtime.getRuntime().availableProcessors(),
                        Machine.fileSystem(options.folder()),
                        Runtime.version(),
                        options.rounds(),
                        options.pushRounds());
    }

    private String table(Table table) {
        var works =
                results.works().stream().filter(work -> work.table() == table).toList();
        return works.isEmpty()
                ? ""
                : works.stream().map(this::rows).collect(Collectors.joining("", heading(table), ""));
    }

    private static String heading(Table table) {
        var columns = table.isOfRequests()
                ? List.of("per s", "CPU-s/1000", "p50 ms", "p99 ms", "others")
                : List.of("MB/s", "CPU-s/GB", "", "", "others");
        return "\n" + table.title() + "\n" + row(table, "", "", columns, List.of("x wall", "x CPU"));
    }

    private String rows(Work work) {
        return Stream.concat(work.contenders().stream(), work.parts().stream())
                .map(name -> row(work, name))
                .collect(Collectors.joining());
    }

    private String row(Work work, String name) {
        var label = name.equals(work.contenders().getFirst()) ? work.label() : "";
        return results.median(work, name)
                .map(median -> row(work.table(), label, name, figures(work, median), ratios(work, name)))
                .orElseGet(() -> row(work.table(), label, name, List.of("not run", "", "", "", ""), List.of("", "")));
    }

    private static String row(Table table, String label, String name, List<String> figures, List<String> ratios) {
        var format = WIDE.contains(table) ? WIDE_ROW : ROW;
        return format.formatted(Stream.of(List.of(label, name), figures, ratios)
                .flatMap(List::stream)
                .toArray());
    }

    private static List<String> figures(Work work, Results.Median median) {
        var others = "%.1f".formatted(median.others());
        return work.table().isOfRequests()
                ? List.of(
                        "%.0f".formatted(median.amountPerSecond()),
                        "%.3f".formatted(median.cpuSecondsPerUnit() * 1e3),
                        "%.2f".formatted(median.p50()),
                        "%.1f".formatted(median.p99()),
                        others)
                : List.of(
                        "%.0f".formatted(median.amountPerSecond() / 1e6),
                        "%.3f".formatted(median.cpuSecondsPerUnit() * 1e9),
                        "",
                        "",
                        others);
    }

    private List<String> ratios(Work work, String name) {
        return name.equals(work.contenders().getFirst()) || work.parts().contains(name)
                ? List.of("", "")
                : List.of(
                        ratio(results.ratio(work, name, Results.Median::amountPerSecond)),
                        ratio(results.ratio(work, name, Results.Median::cpuSecondsPerUnit)));
    }

    private static String ratio(OptionalDouble ratio) {
        return ratio.isPresent() ? "%.2f".formatted(ratio.getAsDouble()) : "";
    }
}
