package entrepot.event;

import entrepot.domain.Digest;
import entrepot.domain.EventType;
import entrepot.domain.ImageChange;
import entrepot.domain.RegistryId;
import entrepot.domain.ReplicationFailure;
import entrepot.domain.RepositoryArn;
import entrepot.domain.Tag;
import entrepot.store.Events.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What targets are told of an image that came from another registry, or does not come to one, in EventBridge's shape:
/// always as of the registry that it was to come to. Source: ECR user guide, "Amazon ECR events and EventBridge".
///
/// @param destination the repository there
record ReplicationDocument(RegistryId source, RepositoryArn destination, Digest digest, String result, Instant at) {

    /// One for each tag that it came with, or one without a tag.
    static List<Event> all(ImageChange change, RegistryId source) {
        var repository = change.repository();
        var destination = new RepositoryArn(repository.registry(), repository.name());
        return new ReplicationDocument(source, destination, change.image().digest(), "SUCCESS", change.at())
                .events(change.tags());
    }

    static List<Event> all(ReplicationFailure failure) {
        return new ReplicationDocument(
                        failure.source(), failure.destination(), failure.digest(), "FAILED", failure.at())
                .events(failure.tags());
    }

    private List<Event> events(List<Tag> tags) {
        var events = new ArrayList<Event>();
        tags.forEach(tag -> events.add(event(tag)));
        return events.isEmpty() ? List.of(event(null)) : events;
    }

    private Event event(@Nullable Tag tag) {
        var arn = destination.registry().repository(destination.repository());
        return EventDocument.event(destination, EventType.REPLICATION_ACTION, at, List.of(arn.value()), detail(tag));
    }

    private Map<String, Object> detail(@Nullable Tag tag) {
        var members = new LinkedHashMap<String, Object>();
        members.put("result", result);
        members.put("repository-name", destination.repository().value());
        members.put("image-digest", digest.toString());
        members.put("source-account", source.account().value());
        members.put("action-type", "REPLICATE");
        members.put("source-region", source.region());
        if (tag != null) {
            members.put("image-tag", tag.name());
        }
        return members;
    }
}
