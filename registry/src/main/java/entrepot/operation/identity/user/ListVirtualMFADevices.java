package entrepot.operation.identity.user;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Arn;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.identity.Needs;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The virtual MFA devices of the account: none, since nobody types a code here. Source: IAM API,
/// ListVirtualMFADevices.
record ListVirtualMFADevices(MetadataStore metadata)
        implements Operation<ListVirtualMFADevices.Input, ListVirtualMFADevices.Output> {

    public record Input(@Nullable String assignmentStatus) {}

    public record Output(List<String> virtualMFADevices, boolean isTruncated) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(new Needs(metadata).permission(caller, name(), Arn.ANY));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        return new Output(List.of(), false);
    }
}
