package entrepot.operation.identity.policy;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.auth.UnknownKeys;
import entrepot.domain.Law;
import entrepot.domain.UserName;
import entrepot.operation.Operation;
import entrepot.operation.identity.Done;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Stored;
import entrepot.store.MetadataStore;
import entrepot.store.Users.InlinePolicy;
import java.util.List;

/// Writes a policy into a user; one of the same name is replaced. Source: IAM API, PutUserPolicy.
record PutUserPolicy(MetadataStore metadata) implements Operation<PutUserPolicy.Input, Done> {

    public record Input(UserName userName, String policyName, String policyDocument) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onUser(caller, name(), input.userName());
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        var document = Documents.requireIdentityPolicy(input.policyDocument());
        metadata.transact(tx -> {
            var user = Stored.user(tx, caller, input.userName());
            var policy = new InlinePolicy(input.policyName(), input.policyDocument());
            Documents.requireInlineRoom(tx, user, policy);
            tx.users().putPolicy(user, policy);
            return user;
        });
        UnknownKeys.tell("user " + input.userName(), document);
        return Done.DONE;
    }
}
