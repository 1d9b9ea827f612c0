package entrepot.upstream;

import java.net.URI;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Part of a list.
///
/// @param next where the rest is, for the same method; null if this is the end
public record Page<T>(List<T> items, @Nullable URI next) {

    public Page {
        items = List.copyOf(items);
    }

    /// The same of those items that are fit, made into something else.
    <U> Page<U> mapped(Predicate<T> fits, Function<T, U> made) {
        return new Page<>(items.stream().filter(fits).map(made).toList(), next);
    }
}
