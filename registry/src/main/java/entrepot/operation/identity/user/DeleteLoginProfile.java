package entrepot.operation.identity.user;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.identity.Done;
import entrepot.operation.identity.Needs;
import entrepot.store.MetadataStore;
import java.util.List;

/// Refuses to remove a user's password for AWS's console, since nobody has one. Source: IAM API, DeleteLoginProfile.
record DeleteLoginProfile(MetadataStore metadata) implements Operation<NoLoginProfile, Done> {

    @Override
    public List<Permission> needs(Caller caller, NoLoginProfile input) {
        return new Needs(metadata).onUser(caller, name(), input.userName());
    }

    @Override
    public Done run(Caller caller, Law law, NoLoginProfile input) {
        throw input.refusal(metadata, caller);
    }
}
