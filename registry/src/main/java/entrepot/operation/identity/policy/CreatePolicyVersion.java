package entrepot.operation.identity.policy;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.auth.UnknownKeys;
import entrepot.domain.Arn;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Quotas;
import entrepot.operation.identity.Refusals;
import entrepot.operation.identity.Stored;
import entrepot.store.MetadataStore;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Adds a document to a managed policy, which counts from then on if it is to. Source: IAM API, CreatePolicyVersion.
record CreatePolicyVersion(MetadataStore metadata, InstantSource clock)
        implements Operation<CreatePolicyVersion.Input, CreatePolicyVersion.Output> {

    public record Input(
            Arn policyArn, String policyDocument, @Nullable Boolean setAsDefault) {}

    public record Output(VersionView policyVersion) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onPolicy(caller, name(), input.policyArn());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var document = Documents.requireManagedPolicy(input.policyDocument());
        var made = metadata.transact(tx -> {
            var policy = Stored.policy(tx, caller, input.policyArn());
            if (tx.policies().versions(policy).size() >= Quotas.VERSIONS) {
                throw Refusals.limit("A managed policy can have up to 5 versions. Before you create a new version, you"
                        + " must delete an existing version.");
            }
            var now = clock.instant();
            var version = tx.policies().addVersion(policy, input.policyDocument(), now);
            var isDefault = Boolean.TRUE.equals(input.setAsDefault());
            if (isDefault) {
                tx.policies().setDefaultVersion(policy, version.number(), now);
            }
            return VersionView.of(version, isDefault).withoutDocument();
        });
        UnknownKeys.tell(input.policyArn().value(), document);
        return new Output(made);
    }
}
