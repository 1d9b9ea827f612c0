package entrepot.operation.identity.user;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.identity.Needs;
import entrepot.store.MetadataStore;
import java.util.List;

/// The MFA devices of a user: none, since nobody types a code here. Source: IAM API, ListMFADevices.
record ListMFADevices(MetadataStore metadata) implements Operation<UserPage, ListMFADevices.Output> {

    public record Output(List<String> mfaDevices, boolean isTruncated) {}

    @Override
    public List<Permission> needs(Caller caller, UserPage input) {
        return new Needs(metadata).onUser(caller, name(), input.userName());
    }

    @Override
    public Output run(Caller caller, Law law, UserPage input) {
        input.requireFirst(metadata, caller);
        return new Output(List.of(), false);
    }
}
