package entrepot.event;

import entrepot.domain.EventRules;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// Everybody who is told of events.
///
/// @param dropped events that this node dropped undelivered, since there were too many
public record EventTargets(List<EventTarget> all, EventRules rules, LongAdder dropped) implements AutoCloseable {

    /// Nobody.
    public static final EventTargets NONE = new EventTargets(List.of(), EventRules.USUAL);

    public EventTargets {
        all = List.copyOf(all);
    }

    public EventTargets(List<EventTarget> all, EventRules rules) {
        this(all, rules, new LongAdder());
    }

    public List<String> names() {
        return all.stream().map(EventTarget::name).toList();
    }

    @Override
    public void close() {
        all.forEach(target -> target.sender().close());
    }
}
