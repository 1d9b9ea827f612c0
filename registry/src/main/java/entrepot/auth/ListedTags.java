package entrepot.auth;

import entrepot.auth.policy.Decision;
import entrepot.domain.Arn;
import entrepot.domain.KeyArn;
import entrepot.domain.RepositoryArn;
import entrepot.domain.ResourceTag;
import entrepot.domain.SecretArn;
import entrepot.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The tags of resources that a caller may list: of what belongs to their account, and where policies let them. All
/// others are as good as none.
///
/// @param now when they ask
public record ListedTags(Transaction tx, Instant now, Caller caller) {

    private static final Pattern IDENTITY = Pattern.compile("arn:[a-z-]+:iam::[0-9]{12}:(user|policy)/.+");
    private static final Pattern OWNER = Pattern.compile("arn:[a-z-]+:[a-z]+:[a-z0-9-]*:([0-9]{12}):.+");

    /// Of a repository, a key, a secret, a user or a customer's policy.
    public List<ResourceTag> of(Arn resource) {
        var mayList = isOwn(resource)
                && action(resource).filter(action -> may(action, resource)).isPresent();
        return mayList ? KnownPolicies.of(tx, resource).tags() : List.of();
    }

    private boolean isOwn(Arn resource) {
        var owner = OWNER.matcher(resource.value());
        return owner.matches() && owner.group(1).equals(caller.principal().accountName());
    }

    private boolean may(String action, Arn resource) {
        var permission = new Permission(caller.principal().account(), action, resource);
        return Access.judge(tx, now, caller, permission).decision() instanceof Decision.Allowed;
    }

    /// Which one lists tags of such a resource.
    private static Optional<String> action(Arn resource) {
        if (RepositoryArn.parse(resource.value()).isPresent()) {
            return Optional.of("ecr:ListTagsForResource");
        }
        if (KeyArn.parse(resource.value()).isPresent()) {
            return Optional.of("kms:ListResourceTags");
        }
        if (SecretArn.parse(resource.value()).isPresent()) {
            return Optional.of("secretsmanager:DescribeSecret");
        }
        var identity = IDENTITY.matcher(resource.value());
        return identity.matches()
                ? Optional.of(identity.group(1).equals("user") ? "iam:ListUserTags" : "iam:ListPolicyTags")
                : Optional.empty();
    }
}
