package entrepot.auth;

import entrepot.auth.policy.ConditionKeys;
import entrepot.auth.policy.PolicyDocument;
import entrepot.domain.Origin;
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
        return new ConditionKeys(() -> {
            var keys = new RequestKeys();
            keys.request(caller.origin(), now);
            keys.call(caller, permission);
            keys.principal(caller.principal());
            keys.resource(permission, tags);
            keys.keys.putAll(permission.keys());
            return keys.keys;
        });
    }

    /// Of a request that nobody makes: it comes from nowhere, to no region, and says what it is told to say.
    static ConditionKeys imagined(Principal principal, Permission permission, List<ResourceTag> tags, Instant now) {
        var keys = new RequestKeys();
        keys.time(now);
        keys.principal(principal);
        keys.resource(permission, tags);
        keys.keys.putAll(permission.keys());
        return new ConditionKeys(keys.keys);
    }

    private void request(Origin origin, Instant now) {
        put("aws:SourceIp", origin.address());
        put("aws:SecureTransport", String.valueOf(origin.secure()));
        written("aws:UserAgent", origin.userAgent());
        written("aws:referer", origin.referer());
        time(now);
    }

    private void time(Instant now) {
        put("aws:CurrentTime", now.toString());
        put("aws:EpochTime", String.valueOf(now.getEpochSecond()));
    }

    /// Every call here is a direct one: no service of AWS's comes, for itself or for another.
    private void call(Caller caller, Permission permission) {
        put(
                "aws:RequestedRegion",
                CallRegion.of(permission.service(), caller.registry().region()));
        put("aws:ViaAWSService", "false");
        put("aws:PrincipalIsAWSService", caller.principal().isAnonymous() ? null : "false");
    }

    private void principal(Principal principal) {
        if (!principal.isAnonymous()) {
            put("aws:PrincipalArn", principal.arn());
        }
        put("aws:PrincipalAccount", principal.accountName());
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
        put("aws:ResourceAccount", permission.account().value());
        for (var tag : tags) {
            put("aws:ResourceTag/" + tag.key(), tag.value());
            put(permission.service() + ":ResourceTag/" + tag.key(), tag.value());
        }
    }

    /// What a client may write at any length. As much of it counts as a policy could name.
    private void written(String key, String value) {
        if (!value.isEmpty()) {
            put(key, value.substring(0, Math.min(value.length(), PolicyDocument.LONGEST_VALUE)));
        }
    }

    private void put(String key, @Nullable String value) {
        if (value != null) {
            keys.put(key, List.of(value));
        }
    }
}
