package entrepot.event;

import entrepot.domain.EventFilter;
import entrepot.domain.EventType;
import entrepot.domain.RepositoryName;
import entrepot.store.Events.Heading;
import java.util.concurrent.atomic.LongAdder;

/// Somebody who is told of events.
///
/// @param name by which it is known in the tables, over restarts
/// @param address where it is, for people to read, without a secret
public record EventTarget(String name, String address, EventFilter filter, EventSender sender, Counts counts) {

    /// What this node did for it.
    ///
    /// @param delivered events
    /// @param failed deliveries
    /// @param givenUp events that waited for a day, and then failed
    public record Counts(LongAdder delivered, LongAdder failed, LongAdder givenUp) {
        public Counts() {
            this(new LongAdder(), new LongAdder(), new LongAdder());
        }
    }

    public EventTarget(String name, String address, EventFilter filter, EventSender sender) {
        this(name, address, filter, sender, new Counts());
    }

    public boolean wants(Heading event) {
        return EventType.named(event.type())
                .map(type -> filter.wants(repository(event), type))
                .orElse(false);
    }

    private static RepositoryName repository(Heading event) {
        return new RepositoryName(
                event.repository().substring(event.repository().indexOf('/') + 1));
    }
}
