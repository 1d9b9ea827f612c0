package entrepot.operation.template;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Arn;
import entrepot.domain.Limits;
import entrepot.operation.Permissions;
import entrepot.operation.key.RepositoryKeyNeeds;
import entrepot.operation.repository.ResourceTags;
import entrepot.sealing.Vault;
import java.util.ArrayList;
import java.util.List;

/// What whoever says what a template gives must be allowed: to give the same to each repository that it is for. So
/// nobody has by a template what they could not do themselves, and whoever pushes needs no more than to create the
/// repository.
///
/// Source: ECR user guide, "Creating a repository creation template", on permissions.
record TemplateNeeds(Vault vault, Limits limits) {

    /// @param action of the operation itself
    List<Permission> of(Caller caller, String action, TemplateInput input) {
        var tags = ResourceTags.given(input.tagList(), limits);
        var needs = new ArrayList<>(Permissions.ofCaller(caller, action));
        if (TemplateInput.filled(input.repositoryPolicy()) != null) {
            needs.add(onRepositories(caller, input, "SetRepositoryPolicy"));
        }
        if (TemplateInput.filled(input.lifecyclePolicy()) != null) {
            needs.add(onRepositories(caller, input, "PutLifecyclePolicy"));
        }
        if (!tags.isEmpty()) {
            needs.add(onRepositories(caller, input, "TagResource").creatingWith(tags));
        }
        needs.addAll(ofKey(caller, input));
        needs.addAll(ofRole(caller, input));
        return needs;
    }

    private List<Permission> ofKey(Caller caller, TemplateInput input) {
        var key = input.namedKey();
        return key == null
                ? List.of()
                : RepositoryKeyNeeds.of(caller, repositories(caller, input), vault.meant(caller.registry(), key), key);
    }

    /// A role is of the caller's own account, or refused.
    private static List<Permission> ofRole(Caller caller, TemplateInput input) {
        var role = input.namedRole();
        return role == null
                ? List.of()
                : List.of(new Permission(caller.principal().account(), "iam:PassRole", role)
                        .with("iam:PassedToService", List.of("ecr.amazonaws.com")));
    }

    private static Permission onRepositories(Caller caller, TemplateInput input, String action) {
        return new Permission(caller.registry().account(), "ecr:" + action, repositories(caller, input));
    }

    private static Arn repositories(Caller caller, TemplateInput input) {
        return input.prefix().repositories(caller.registry());
    }
}
