package entrepot.event;

import entrepot.domain.CacheOutcome;
import entrepot.domain.EventType;
import entrepot.domain.Tag;
import entrepot.domain.UpstreamFault;
import entrepot.store.Events.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What targets are told of an image that was to come through the cache, in EventBridge's shape. Source: ECR user
/// guide, "Amazon ECR events and EventBridge"; EventBridge's schema registry, `ECRPullThroughCacheAction`.
final class CacheDocument {

    private CacheDocument() {}

    static Event event(CacheOutcome outcome) {
        var arn = outcome.repository().arn();
        return EventDocument.event(
                outcome.repository(),
                EventType.PULL_THROUGH_CACHE_ACTION,
                outcome.at(),
                List.of(arn.value()),
                detail(outcome));
    }

    private static Map<String, Object> detail(CacheOutcome outcome) {
        var members = new LinkedHashMap<String, Object>();
        members.put("rule-version", "1");
        members.put("sync-status", outcome.failure() == null ? "SUCCESS" : "FAILED");
        members.put("ecr-repository-prefix", outcome.prefix().value());
        members.put("repository-name", outcome.repository().name().value());
        members.put("upstream-registry-url", outcome.upstream());
        if (outcome.reference() instanceof Tag tag) {
            members.put("image-tag", tag.name());
        }
        members.put("image-digest", outcome.digest().toString());
        if (outcome.failure() != null) {
            failure(members, outcome.failure());
        }
        return members;
    }

    private static void failure(Map<String, Object> members, UpstreamFault failure) {
        members.put("failure-code", failure.failureCode());
        members.put("failure-reason", failure.message());
    }
}
