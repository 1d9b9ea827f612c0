package entrepot.operation.identity.user;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.identity.Needs;
import entrepot.store.MetadataStore;
import java.util.List;

/// The signing certificates of a user: none, since requests are signed with keys alone. Source: IAM API,
/// ListSigningCertificates.
record ListSigningCertificates(MetadataStore metadata) implements Operation<UserPage, ListSigningCertificates.Output> {

    public record Output(List<String> certificates, boolean isTruncated) {}

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
