package entrepot.operation.lifecycle;

import entrepot.domain.ImageAction;
import entrepot.domain.Tag;
import entrepot.domain.TagPattern;
import entrepot.lifecycle.Rule;
import entrepot.lifecycle.TagStatus;
import entrepot.lifecycle.Verdict;
import entrepot.operation.AuditTrail;
import entrepot.operation.Deed;
import entrepot.operation.Deed.Act;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Tells the audit what a run did, in the shape of CloudTrail's PolicyExecutionEvent.
///
/// Source: ECR user guide, "Logging Amazon ECR actions with AWS CloudTrail".
///
/// @param by what runs it
record PolicyExecution(AuditTrail audit, String by) {

    private static final int IMAGES_OF_AN_EVENT = 10;
    private static final int TAGS_OF_AN_IMAGE = 100;

    void tell(LifecyclePlan plan, List<Verdict> done) {
        for (int from = 0; from < done.size(); from += IMAGES_OF_AN_EVENT) {
            var some = done.subList(from, Math.min(done.size(), from + IMAGES_OF_AN_EVENT));
            audit.record(deed(plan, some));
        }
    }

    private Deed deed(LifecyclePlan plan, List<Verdict> done) {
        var repository = plan.repository();
        var act = new Act(
                "ecr",
                "PolicyExecutionEvent",
                repository.arn(),
                repository.registry().account(),
                Map.of());
        return new Deed(by, repository.registry().region(), act, details(plan, done));
    }

    private static Map<String, Object> details(LifecyclePlan plan, List<Verdict> done) {
        var evaluatedAt = StoredPolicies.evaluatedAt(plan.policy()).toEpochMilli();
        return Map.of(
                "repositoryName", plan.repository().name().value(),
                "lifecycleEventPolicy",
                        Map.of(
                                "lifecycleEventRules",
                                plan.rules().rules().stream()
                                        .map(PolicyExecution::rule)
                                        .toList(),
                                "lastEvaluatedAt",
                                evaluatedAt,
                                "policyVersion",
                                1,
                                "policyId",
                                plan.policy().id()),
                "lifecycleEventImageActions",
                        done.stream().map(PolicyExecution::image).toList());
    }

    private static Map<String, Object> rule(Rule rule) {
        var tags = rule.selection().tags();
        var selection = new LinkedHashMap<String, Object>();
        selection.put("tagStatus", prose(tags.status()));
        selection.put(
                tags.arePrefixes() ? "tagPrefixList" : "tagPatternList",
                tags.patterns().stream().map(TagPattern::toString).toList());
        selection.put("countType", rule.selection().count().type().prose());
        if (rule.selection().count().type().countsDays()) {
            selection.put("countUnit", "days");
        }
        selection.put("countNumber", rule.selection().count().number());
        var told = new LinkedHashMap<String, Object>();
        told.put("rulePriority", rule.priority());
        if (rule.description() != null) {
            told.put("description", rule.description());
        }
        told.put("lifecycleEventSelection", selection);
        told.put("action", action(rule.action()));
        return told;
    }

    private static Map<String, Object> image(Verdict verdict) {
        var image = verdict.image();
        var tags = image.tags().stream()
                .map(Tag::name)
                .sorted()
                .limit(TAGS_OF_AN_IMAGE)
                .toList();
        var told = new LinkedHashMap<String, Object>();
        told.put(
                "lifecycleEventImage",
                Map.of(
                        "digest", image.digest().toString(),
                        "tagStatus", prose(tags.isEmpty() ? TagStatus.UNTAGGED : TagStatus.TAGGED),
                        "tagList", tags,
                        "pushedAt", image.times().pushedAt().toEpochMilli()));
        if (verdict.rule() != null) {
            told.put("rulePriority", verdict.rule().priority());
        }
        return told;
    }

    private static String prose(TagStatus status) {
        var name = status.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String action(ImageAction action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
