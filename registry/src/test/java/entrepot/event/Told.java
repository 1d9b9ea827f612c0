package entrepot.event;

import entrepot.domain.EventFilter;
import entrepot.domain.EventType;
import entrepot.operation.World;
import entrepot.store.Events.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a target is told that wants events of one type.
public record Told(World world, EventType type) {

    private EventFilter filter() {
        return new EventFilter(List.of(), Set.of(type));
    }

    public EventOutbox outbox() {
        return new EventOutbox(List.of(filter()));
    }

    /// What it has not been told before, in order.
    public List<JsonNode> documents() {
        var taken = new ArrayList<Event>();
        EventSender sender = events -> {
            taken.addAll(events);
            return new EventSender.Sent(events.size(), null);
        };
        var target = new EventTarget("one", "one", filter(), sender);
        new EventDeliveries(world.metadata, world.clock, List.of(target), UnaryOperator.identity()).run();
        return taken.stream()
                .map(event -> new JsonMapper().readTree(event.document()))
                .toList();
    }
}
