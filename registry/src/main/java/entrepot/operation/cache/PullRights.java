package entrepot.operation.cache;

import entrepot.auth.Permission;
import entrepot.domain.CreationTemplate.Settings;
import entrepot.operation.Decisions;
import entrepot.operation.Permissions;
import entrepot.operation.PullThrough.Pull;
import entrepot.operation.repository.TemplateUse;
import java.util.List;

/// What who pulls must be allowed, for something to be brought from another registry. Source: ECR user guide, "IAM
/// permissions required to sync an upstream registry".
record PullRights(Decisions decisions) {

    /// Fails with a refusal.
    void require(Pull pull) {
        decisions.require(pull.caller(), pull.operation(), List.of(toImport(pull)));
    }

    /// Where a lack of it is no mistake of theirs.
    boolean mayImport(Pull pull) {
        return may(pull, toImport(pull));
    }

    /// Into a repository that is to be made.
    boolean mayCreate(Pull pull, Settings settings) {
        return mayImport(pull) && may(pull, TemplateUse.need(pull.registry(), pull.repository(), settings));
    }

    private boolean may(Pull pull, Permission need) {
        return decisions
                .firstAllowed(pull.caller(), pull.operation(), List.of(need), permission -> permission)
                .isPresent();
    }

    private static Permission toImport(Pull pull) {
        return Permissions.on(pull.registry(), pull.repository(), "BatchImportUpstreamImage");
    }
}
