package entrepot.lifecycle;

import java.util.Comparator;
import java.util.List;

/// What a policy does to a repository.
///
/// @param units in an order in which they can be done one by one: lists before what they name, else the oldest first
public record LifecycleOutcome(List<Unit> units) {

    static final Comparator<LifecycleImage> OLDEST_FIRST = Comparator.comparing(
                    (LifecycleImage image) -> image.times().effective())
            .thenComparingLong(LifecycleImage::id);

    /// What is done together or not at all: an image and those that are about it.
    ///
    /// @param verdicts lists before what they name
    public record Unit(List<Verdict> verdicts) {
        public Unit {
            verdicts = List.copyOf(verdicts);
        }
    }

    public LifecycleOutcome {
        units = List.copyOf(units);
    }

    /// One for each image that something is to be done with.
    public List<Verdict> verdicts() {
        return units.stream().flatMap(unit -> unit.verdicts().stream()).toList();
    }
}
