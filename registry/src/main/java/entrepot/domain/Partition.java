package entrepot.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// A part of AWS with regions, accounts and host names of its own, such as `aws-cn`. Every ARN begins with the name of
/// one (AWS General Reference, "Amazon Resource Names"). The table is botocore's, see `scripts/distil-model`.
///
/// @param name such as `aws-us-gov`
/// @param regions the form of its regions' names
/// @param iamRegion what requests to its one IAM are signed for
/// @param dnsSuffix where its hosts' names end
/// @param dualStackSuffix where the names of its APIs' dual-stack hosts end
public record Partition(String name, Pattern regions, String iamRegion, String dnsSuffix, String dualStackSuffix) {

    private static final List<Partition> ALL = load();

    /// The one that a region belongs to of which nothing is known, as the SDKs have it.
    public static final Partition AWS = named("aws").orElseThrow();

    /// All that AWS has.
    public static List<Partition> all() {
        return ALL;
    }

    public static Optional<Partition> named(String name) {
        return ALL.stream().filter(partition -> partition.name().equals(name)).findFirst();
    }

    /// The one that has a region of this name.
    public static Partition ofRegion(String region) {
        for (var partition : ALL) {
            if (partition.regions().matcher(region).matches()) {
                return partition;
            }
        }
        return AWS;
    }

    private static List<Partition> load() {
        try (var file = Objects.requireNonNull(Partition.class.getResourceAsStream("partitions.tsv"))) {
            return new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Partition(cells[0], Pattern.compile(cells[1]), cells[2], cells[3], cells[4]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
