package entrepot.operation.identity;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Refuses to remove a user's password for AWS's console, since nobody has one. Source: IAM API, DeleteLoginProfile.
record DeleteLoginProfile(MetadataStore metadata) implements Operation<DeleteLoginProfile.Input, Done> {

    public record Input(@Nullable String userName) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onUser(caller, name(), input.userName());
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        var user = metadata.read(tx -> Stored.userOrCaller(tx, caller, input.userName()));
        throw Refusals.noSuch(
                "Login Profile for User %s cannot be found.".formatted(user == null ? "root" : user.name()));
    }
}
