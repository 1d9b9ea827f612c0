package entrepot.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// The results as text for a terminal: tables of figures and ratios, then the goals.
record Report(Options options, Results results) {
    private static final String ROW = "%-10s %-17s %10s %11s %9s %8s %9s %9s%n";
    private static final String WIDE_ROW = ROW.replace("%-10s", "%-44s");

    String text() {
        return introduction()
                + options.parts().stream().map(this::table).collect(Collectors.joining())
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
                        fileSystem(),
                        Runtime.version(),
                        options.rounds(),
                        options.pushRounds());
    }

    private String fileSystem() {
        try {
            return Files.getFileStore(options.folder()).type();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String table(Options.Part part) {
        return results.works().stream()
                .filter(work -> work.part() == part)
                .map(this::rows)
                .collect(Collectors.joining("", heading(part), ""));
    }

    private static String heading(Options.Part part) {
        return switch (part) {
            case PUT ->
                "\nStoring image manifests of 10 layers (entrepot: PutImage)\n"
                        + ROW.formatted("", "", "per s", "CPU-s/1000", "p99 ms", "others", "x wall", "x CPU");
            case PUSH ->
                "\nPush of blobs, 8 clients (limit: hash, write and fsync by one process)\n"
                        + ROW.formatted("", "", "MB/s", "CPU-s/GB", "", "others", "x wall", "x CPU");
            case PULL ->
                "\nPull of blobs, 8 clients (nginx: files by sendfile)\n"
                        + ROW.formatted("", "", "MB/s", "CPU-s/GB", "", "others", "x wall", "x CPU");
            case PAGES ->
                "\nPages of Entrepot's lists, 1 client, a heap of 128 MB (x: many over few)\n"
                        + WIDE_ROW.formatted("", "", "per s", "CPU-s/1000", "p99 ms", "others", "x wall", "x CPU");
        };
    }

    private String rows(Work work) {
        return work.contenders().stream().map(name -> row(work, name)).collect(Collectors.joining());
    }

    private String row(Work work, String name) {
        var label = name.equals(work.contenders().getFirst()) ? work.label() : "";
        return results.median(work, name)
                .map(median -> row(format(work), label, name, figures(work, median), ratios(work, name)))
                .orElseGet(() -> format(work).formatted(label, name, "not run", "", "", "", "", ""));
    }

    private static String format(Work work) {
        return work.part() == Options.Part.PAGES ? WIDE_ROW : ROW;
    }

    private static String row(String format, String label, String name, List<String> figures, List<String> ratios) {
        return format.formatted(
                label,
                name,
                figures.get(0),
                figures.get(1),
                figures.get(2),
                figures.get(3),
                ratios.get(0),
                ratios.get(1));
    }

    private static List<String> figures(Work work, Results.Median median) {
        var others = "%.1f".formatted(median.others());
        return work.part() == Options.Part.PUT || work.part() == Options.Part.PAGES
                ? List.of(
                        "%.0f".formatted(median.amountPerSecond()),
                        "%.3f".formatted(median.cpuSecondsPerUnit() * 1e3),
                        "%.1f".formatted(median.p99()),
                        others)
                : List.of(
                        "%.0f".formatted(median.amountPerSecond() / 1e6),
                        "%.3f".formatted(median.cpuSecondsPerUnit() * 1e9),
                        "",
                        others);
    }

    private List<String> ratios(Work work, String name) {
        return name.equals(work.contenders().getFirst())
                ? List.of("", "")
                : List.of(
                        ratio(results.ratio(work, name, Results.Median::amountPerSecond)),
                        ratio(results.ratio(work, name, Results.Median::cpuSecondsPerUnit)));
    }

    private static String ratio(OptionalDouble ratio) {
        return ratio.isPresent() ? "%.2f".formatted(ratio.getAsDouble()) : "";
    }
}
