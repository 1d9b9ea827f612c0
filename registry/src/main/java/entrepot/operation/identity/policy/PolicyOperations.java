package entrepot.operation.identity.policy;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import java.util.List;

/// The operations on policies: those that a user has inline, and managed ones with their versions.
public record PolicyOperations(List<Operation<?, ?>> all) implements Family {

    public static PolicyOperations with(Means means) {
        var metadata = means.metadata();
        return new PolicyOperations(List.of(
                new PutUserPolicy(metadata),
                new GetUserPolicy(metadata),
                new ListUserPolicies(metadata),
                new DeleteUserPolicy(metadata),
                new AttachUserPolicy(metadata),
                new DetachUserPolicy(metadata),
                new ListAttachedUserPolicies(metadata),
                new CreatePolicy(metadata, means.credentials().keys(), means.clock()),
                new GetPolicy(metadata),
                new ListPolicies(metadata),
                new ListEntitiesForPolicy(metadata),
                new GetPolicyVersion(metadata),
                new ListPolicyVersions(metadata),
                new CreatePolicyVersion(metadata, means.clock()),
                new SetDefaultPolicyVersion(metadata, means.clock()),
                new DeletePolicyVersion(metadata),
                new DeletePolicy(metadata),
                new TagPolicy(metadata),
                new UntagPolicy(metadata),
                new ListPolicyTags(metadata)));
    }
}
