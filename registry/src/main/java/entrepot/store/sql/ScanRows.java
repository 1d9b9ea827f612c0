package entrepot.store.sql;

import static java.util.stream.Collectors.joining;

import entrepot.domain.ImageScan;
import entrepot.domain.ScanFilter;
import entrepot.domain.ScanStatus;
import entrepot.domain.ScanningConfiguration;
import entrepot.domain.ScanningConfiguration.Frequency;
import entrepot.domain.ScanningConfiguration.Rule;
import entrepot.domain.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How scans and their configurations stand in rows. A filter has no space, and a frequency has none.
final class ScanRows {

    static final String COLUMNS = "id, repo_id, manifest_id, digest, scan_type, cause, status, requested_at,"
            + " description, completed_at, counts, source, source_at";

    private ScanRows() {}

    static ScanningConfiguration configuration(String type, String rules) {
        return new ScanningConfiguration(
                ScanningConfiguration.Type.valueOf(type),
                rules.lines().map(ScanRows::rule).toList());
    }

    private static Rule rule(String line) {
        var words = List.of(line.split(" ", -1));
        var filters = words.stream().skip(1).map(ScanFilter::new).toList();
        return new Rule(Frequency.valueOf(words.getFirst()), filters);
    }

    static String rules(ScanningConfiguration configuration) {
        return configuration.rules().stream()
                .map(rule -> Stream.concat(
                                Stream.of(rule.frequency().name()),
                                rule.filters().stream().map(ScanFilter::text))
                        .collect(joining(" ")))
                .collect(joining("\n"));
    }

    static ImageScan scan(ResultSet row) throws SQLException {
        return new ImageScan(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                Columns.digest(row, 4),
                ScanningConfiguration.Type.valueOf(row.getString(5)),
                ImageScan.Cause.valueOf(row.getString(6)),
                ScanStatus.valueOf(row.getString(7)),
                Columns.instant(row, 8),
                result(row));
    }

    private static ImageScan.@Nullable Result result(ResultSet row) throws SQLException {
        var completed = Columns.optionalInstant(row, 10);
        return completed == null
                ? null
                : new ImageScan.Result(
                        Objects.requireNonNull(row.getString(9)), completed, counts(row.getString(11)), source(row));
    }

    private static ImageScan.@Nullable Source source(ResultSet row) throws SQLException {
        var name = row.getString(12);
        return name == null ? null : new ImageScan.Source(name, Columns.instant(row, 13));
    }

    static String counts(Map<Severity, Integer> counts) {
        return new EnumMap<>(counts.isEmpty() ? new EnumMap<>(Severity.class) : counts)
                .entrySet().stream()
                        .map(count -> count.getKey() + " " + count.getValue())
                        .collect(joining("\n"));
    }

    private static Map<Severity, Integer> counts(@Nullable String text) {
        var counts = new EnumMap<Severity, Integer>(Severity.class);
        Stream.ofNullable(text).flatMap(String::lines).forEach(line -> {
            var space = line.indexOf(' ');
            counts.put(Severity.valueOf(line.substring(0, space)), Integer.valueOf(line.substring(space + 1)));
        });
        return counts;
    }
}
