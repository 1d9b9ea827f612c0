package entrepot.auth;

import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.ResourceTag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One thing that a call must be allowed to do.
///
/// @param account the account that owns the resource
/// @param action an IAM action, such as `ecr:PutImage`
/// @param named what a refusal calls the resource: no more than the caller said of it
/// @param keys what the request itself says under condition keys, such as `aws:RequestTag/team`
public record Permission(AccountId account, String action, Arn resource, String named, Map<String, List<String>> keys) {

    public Permission {
        keys = Map.copyOf(keys);
    }

    public Permission(AccountId account, String action, Arn resource) {
        this(account, action, resource, resource.value(), Map.of());
    }

    /// The same, where a refusal must not tell the resource's ARN.
    public Permission calling(String name) {
        return new Permission(account, action, resource, name, keys);
    }

    /// Whose action it is, such as `ecr`.
    public String service() {
        return action.substring(0, Math.max(0, action.indexOf(':')));
    }

    /// The same, for a request that gives these tags: `aws:RequestTag/...` and `aws:TagKeys`.
    public Permission giving(List<ResourceTag> tags) {
        var more = new HashMap<>(keys);
        tags.forEach(tag -> more.put("aws:RequestTag/" + tag.key(), List.of(tag.value())));
        return new Permission(account, action, resource, named, more)
                .about(tags.stream().map(ResourceTag::key).toList());
    }

    /// The same, for a request that makes the resource with these tags, which are the resource's already where a policy
    /// asks: `aws:ResourceTag/...` besides.
    public Permission creatingWith(List<ResourceTag> tags) {
        var given = giving(tags);
        var more = new HashMap<>(given.keys);
        tags.forEach(tag -> more.put("aws:ResourceTag/" + tag.key(), List.of(tag.value())));
        return new Permission(account, action, resource, named, more);
    }

    /// The same, where the resource's tags are these, whatever has its name now: `aws:ResourceTag/...` and the
    /// service's own key.
    public Permission onTagged(List<ResourceTag> tags) {
        var more = new HashMap<>(keys);
        for (var tag : tags) {
            more.put("aws:ResourceTag/" + tag.key(), List.of(tag.value()));
            more.put(service() + ":ResourceTag/" + tag.key(), List.of(tag.value()));
        }
        return new Permission(account, action, resource, named, more);
    }

    /// The same, for a request about these tags: `aws:TagKeys`.
    public Permission about(List<String> tagKeys) {
        return tagKeys.isEmpty() ? this : with("aws:TagKeys", tagKeys);
    }

    /// The same, for a request that says this.
    public Permission with(String key, List<String> values) {
        var more = new HashMap<>(keys);
        more.put(key, List.copyOf(values));
        return new Permission(account, action, resource, named, more);
    }
}
