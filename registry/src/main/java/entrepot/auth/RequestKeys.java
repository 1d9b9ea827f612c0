package entrepot.auth;

import entrepot.auth.policy.ConditionKeys;
import entrepot.domain.ResourceTag;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gathers what conditions can ask about a request. Source: IAM user guide, "AWS global condition context keys";
/// service authorization reference, "Condition keys for Amazon Elastic Container Registry".
final class RequestKeys {

    private final Map<String, List<String>> keys = new HashMap<>();

    private RequestKeys() {}

    /// @param tags of the resource
    static ConditionKeys of(Caller caller, Permission permission, List<ResourceTag> tags, Instant now) {
        var keys = new RequestKeys();
        keys.request(caller, now);
        keys.principal(caller.principal());
        keys.resource(permission, tags);
        keys.keys.putAll(permission.keys());
        return new ConditionKeys(keys.keys);
    }

    private void request(Caller caller, Instant now) {
        var origin = caller.origin();
        put("aws:SourceIp", origin.address());
        put("aws:SecureTransport", String.valueOf(origin.secure()));
        put("aws:UserAgent", origin.userAgent().isEmpty() ? null : origin.userAgent());
        put("aws:CurrentTime", now.toString());
        put("aws:EpochTime", String.valueOf(now.getEpochSecond()));
        put("aws:RequestedRegion", caller.registry().region());
    }

    private void principal(Principal principal) {
        if (!principal.isAnonymous()) {
            put("aws:PrincipalArn", principal.arn());
            put("aws:PrincipalAccount", principal.account());
        }
        put("aws:PrincipalType", type(principal));
        put("aws:userid", principal.id());
        put("aws:username", principal.userName());
        principal.tags().forEach(tag -> put("aws:PrincipalTag/" + tag.key(), tag.value()));
    }

    private static String type(Principal principal) {
        return switch (principal.kind()) {
            case ACCOUNT -> "Account";
            case USER -> "User";
            case ANONYMOUS -> "Anonymous";
        };
    }

    private void resource(Permission permission, List<ResourceTag> tags) {
        var action = permission.action();
        var service = action.substring(0, action.indexOf(':'));
        put("aws:ResourceAccount", permission.account());
        for (var tag : tags) {
            put("aws:ResourceTag/" + tag.key(), tag.value());
            put(service + ":ResourceTag/" + tag.key(), tag.value());
        }
    }

    private void put(String key, @Nullable String value) {
        if (value != null) {
            keys.put(key, List.of(value));
        }
    }
}
