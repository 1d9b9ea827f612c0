package entrepot.domain;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// An Amazon Resource Name, or `*` for an action that is not about one resource.
public record Arn(String value) {

    public static final Arn ANY = new Arn("*");

    private static final String PREFIX = "arn:";
    private static final Pattern IDENTITY = Pattern.compile("arn:[^:]*:(?:iam|sts):.*", Pattern.DOTALL);

    /// Empty if its second part is not the name of one.
    public Optional<Partition> partition() {
        var end = endOfPartition();
        return end < 0 ? Optional.empty() : Partition.named(value.substring(PREFIX.length(), end));
    }

    /// The same in a partition; what has none stays as it is.
    public Arn in(Partition partition) {
        return partition()
                .filter(own -> !own.equals(partition))
                .map(_ -> new Arn(PREFIX + partition + value.substring(endOfPartition())))
                .orElse(this);
    }

    /// What else it can be called. An account here is one and the same wherever a call is signed for, hence its users
    /// and policies have a name in each partition; anything else lies in a region, and so in one partition.
    public List<Arn> aliases() {
        return IDENTITY.matcher(value).matches() && partition().isPresent()
                ? Partition.all().stream().map(this::in).toList()
                : List.of(this);
    }

    private int endOfPartition() {
        return value.startsWith(PREFIX) ? value.indexOf(':', PREFIX.length()) : -1;
    }

    @Override
    public String toString() {
        return value;
    }
}
