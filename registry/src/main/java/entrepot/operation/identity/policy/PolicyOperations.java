package entrepot.operation.identity.policy;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import entrepot.store.MetadataStore;
import java.util.List;
import java.util.stream.Stream;

/// The operations on policies: those that a user has inline, and managed ones with their versions.
///
/// @param inApi those that IAM has a name for, too
public record PolicyOperations(List<Operation<?, ?>> inApi, ExplainAccess explainAccess) implements Family {

    public static PolicyOperations with(Means means) {
        var metadata = means.metadata();
        var all = Stream.of(
                inline(metadata), attached(metadata), managed(means), versions(means), tags(metadata), trials(means));
        return new PolicyOperations(all.flatMap(List::stream).toList(), new ExplainAccess(metadata, means.clock()));
    }

    @Override
    public List<Operation<?, ?>> all() {
        return Stream.concat(inApi.stream(), Stream.of(explainAccess)).toList();
    }

    private static List<Operation<?, ?>> inline(MetadataStore metadata) {
        return List.of(
                new PutUserPolicy(metadata),
                new GetUserPolicy(metadata),
                new ListUserPolicies(metadata),
                new DeleteUserPolicy(metadata));
    }

    private static List<Operation<?, ?>> attached(MetadataStore metadata) {
        return List.of(
                new AttachUserPolicy(metadata),
                new DetachUserPolicy(metadata),
                new ListAttachedUserPolicies(metadata),
                new ListEntitiesForPolicy(metadata));
    }

    private static List<Operation<?, ?>> managed(Means means) {
        var metadata = means.metadata();
        return List.of(
                new CreatePolicy(metadata, means.credentials().keys(), means.clock()),
                new GetPolicy(metadata),
                new ListPolicies(metadata),
                new DeletePolicy(metadata));
    }

    private static List<Operation<?, ?>> versions(Means means) {
        var metadata = means.metadata();
        return List.of(
                new GetPolicyVersion(metadata),
                new ListPolicyVersions(metadata),
                new CreatePolicyVersion(metadata, means.clock()),
                new SetDefaultPolicyVersion(metadata, means.clock()),
                new DeletePolicyVersion(metadata));
    }

    private static List<Operation<?, ?>> tags(MetadataStore metadata) {
        return List.of(new TagPolicy(metadata), new UntagPolicy(metadata), new ListPolicyTags(metadata));
    }

    private static List<Operation<?, ?>> trials(Means means) {
        return List.of(
                new SimulatePrincipalPolicy(means.metadata(), means.clock()),
                new SimulateCustomPolicy(means.metadata(), means.clock()));
    }
}
