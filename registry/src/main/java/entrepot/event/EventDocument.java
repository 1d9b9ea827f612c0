package entrepot.event;

import entrepot.domain.EventType;
import entrepot.domain.ImageChange;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryArn;
import entrepot.domain.Tag;
import entrepot.domain.TimedUuid;
import entrepot.store.Events.Event;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What targets are told of a change, in EventBridge's shape. Source: ECR user guide, "Amazon ECR events and
/// EventBridge".
record EventDocument(ImageChange change, @Nullable Tag tag) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String MOVE = "UPDATE_STORAGE_CLASS";

    /// One for each tag that the change is about, or one without a tag.
    static List<Event> all(ImageChange change) {
        return change.tags().isEmpty()
                ? List.of(new EventDocument(change, null).event())
                : change.tags().stream()
                        .map(tag -> new EventDocument(change, tag).event())
                        .toList();
    }

    static EventType type(ImageChange change) {
        return change.image().subject() == null ? EventType.IMAGE_ACTION : EventType.REFERRER_ACTION;
    }

    private Event event() {
        return event(change.repository(), type(change), change.at(), List.of(), detail());
    }

    /// An event of a repository.
    static Event event(
            Repository repository, EventType type, Instant at, List<String> resources, Map<String, Object> detail) {
        return event(new RepositoryArn(repository.registry(), repository.name()), type, at, resources, detail);
    }

    /// An event of a repository, which need not exist.
    static Event event(
            RepositoryArn repository, EventType type, Instant at, List<String> resources, Map<String, Object> detail) {
        var uuid = TimedUuid.random(at).toString();
        var registry = repository.registry();
        var members = new LinkedHashMap<String, Object>();
        members.put("version", "0");
        members.put("id", uuid);
        members.put("detail-type", type.toString());
        members.put("source", "aws.ecr");
        members.put("account", registry.account().value());
        members.put("time", at.truncatedTo(ChronoUnit.SECONDS).toString());
        members.put("region", registry.region());
        members.put("resources", resources);
        members.put("detail", detail);
        var arn = registry.repository(repository.repository());
        return new Event(uuid, arn.value(), type.toString(), at, JSON.writeValueAsString(members));
    }

    private Map<String, Object> detail() {
        var members = new LinkedHashMap<String, Object>();
        members.put("result", "SUCCESS");
        members.put("repository-name", change.repository().name().toString());
        members.put("image-digest", change.image().digest().toString());
        members.put("action-type", action());
        if (tag != null) {
            members.put("image-tag", tag.name());
        }
        if (isMove() || type(change) == EventType.REFERRER_ACTION) {
            mediaTypes(members);
        }
        if (isMove()) {
            move(members);
        }
        return members;
    }

    /// Policies expire images by deleting them.
    private String action() {
        return switch (change.kind()) {
            case PUSH, TAG -> "PUSH";
            case UNTAG, DELETE, EXPIRE -> "DELETE";
            case ARCHIVE -> MOVE;
            case RESTORE -> isUndeletion() ? "PUSH" : MOVE;
        };
    }

    /// What comes back and was in no archive had been deleted.
    private boolean isUndeletion() {
        return change.image().archival().archivedAt() == null;
    }

    private boolean isMove() {
        return action().equals(MOVE);
    }

    private void mediaTypes(Map<String, Object> members) {
        members.put("manifest-media-type", change.image().mediaType().value());
        if (change.image().artifactType() != null) {
            members.put("artifact-media-type", change.image().artifactType());
        }
    }

    private void move(Map<String, Object> members) {
        var restored = change.kind() == ImageChange.Kind.RESTORE;
        members.put("target-storage-class", restored ? "STANDARD" : "ARCHIVE");
        if (restored) {
            members.put(
                    "last-activated-at",
                    change.at().truncatedTo(ChronoUnit.SECONDS).toString());
        }
    }
}
