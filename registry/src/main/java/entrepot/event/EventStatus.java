package entrepot.event;

import entrepot.store.Events.Failure;
import entrepot.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// How a target fares.
///
/// @param name as in the tables
/// @param address where it is
/// @param waiting events that it is to be told of
/// @param oldest when the first one of these happened
/// @param failure why a delivery failed last
/// @param isConfigured whether it is told of any now
public record EventStatus(
        String name,
        String address,
        long waiting,
        Optional<Instant> oldest,
        Optional<Failure> failure,
        boolean isConfigured) {

    /// Of all those that are configured, and of those that were and for which events wait.
    public static List<EventStatus> all(Transaction tx, List<EventTarget> targets) {
        var waiting = tx.events().waiting();
        var fresh = tx.events().fresh();
        var failures = tx.events().failures();
        var all = new ArrayList<EventStatus>();
        for (var target : targets) {
            var amounts = Stream.concat(
                            Stream.ofNullable(waiting.remove(target.name())),
                            fresh.entrySet().stream()
                                    .filter(row -> target.wants(row.getKey()))
                                    .map(row -> row.getValue()))
                    .toList();
            all.add(new EventStatus(
                    target.name(),
                    target.address(),
                    amounts.stream().mapToLong(amount -> amount.events()).sum(),
                    amounts.stream()
                            .map(amount -> amount.oldest())
                            .filter(Objects::nonNull)
                            .min(Comparator.naturalOrder()),
                    Optional.ofNullable(failures.get(target.name())),
                    true));
        }
        waiting.forEach((name, amount) -> all.add(new EventStatus(
                name,
                name.substring(name.indexOf(' ') + 1),
                amount.events(),
                Optional.ofNullable(amount.oldest()),
                Optional.ofNullable(failures.get(name)),
                false)));
        return all;
    }
}
