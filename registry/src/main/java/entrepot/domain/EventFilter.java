package entrepot.domain;

import java.util.List;
import java.util.Set;

/// Which events a target wants.
///
/// @param repositories patterns of names, one of which is to match; none for all
/// @param types none for all
public record EventFilter(List<TagPattern> repositories, Set<EventType> types) {

    /// All that there are.
    public static final EventFilter ALL = new EventFilter(List.of(), Set.of());

    public EventFilter {
        repositories = List.copyOf(repositories);
        types = Set.copyOf(types);
    }

    public boolean wants(RepositoryName repository, EventType type) {
        return (types.isEmpty() || types.contains(type))
                && (repositories.isEmpty()
                        || repositories.stream().anyMatch(pattern -> pattern.matches(repository.toString())));
    }
}
