package entrepot.config;

import entrepot.domain.EventRules;
import java.util.List;

/// Who is told of changes of images, and how much of that is kept.
public record Told(List<EventTarget> targets, EventRules rules) {

    static final Told USUAL = new Told(List.of(), EventRules.USUAL);

    private static final long LEAST = 1_000;

    static Told read(Sources sources, List<EventTarget> targets) {
        return new Told(
                targets,
                new EventRules(
                        sources.number("event-queue.events", EventRules.USUAL.most(), LEAST, Integer.MAX_VALUE),
                        sources.value("event-queue.keep", EventRules.USUAL.kept(), Durations::parse)));
    }
}
