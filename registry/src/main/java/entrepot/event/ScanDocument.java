package entrepot.event;

import entrepot.domain.EventType;
import entrepot.domain.ScanOutcome;
import entrepot.domain.Tag;
import entrepot.store.Events.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What targets are told of a scan, in EventBridge's shape. Source: ECR user guide, "Amazon ECR events and
/// EventBridge".
final class ScanDocument {

    private ScanDocument() {}

    static Event event(ScanOutcome outcome) {
        var repository = outcome.repository();
        return EventDocument.event(
                repository,
                EventType.IMAGE_SCAN,
                outcome.at(),
                List.of(repository.arn().value()),
                detail(outcome));
    }

    private static Map<String, Object> detail(ScanOutcome outcome) {
        var counts = new TreeMap<String, Integer>();
        outcome.counts().forEach((severity, count) -> counts.put(severity.name(), count));
        var members = new LinkedHashMap<String, Object>();
        members.put("scan-status", outcome.status().name());
        members.put("repository-name", outcome.repository().name().toString());
        members.put("finding-severity-counts", counts);
        members.put("image-digest", outcome.image().digest().toString());
        members.put("image-tags", outcome.tags().stream().map(Tag::name).toList());
        return members;
    }
}
