package entrepot.operation.registry;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Arn;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.store.MetadataStore;
import java.util.List;

/// Pulls by a principal are recorded again. Source: ECR API, DeregisterPullTimeUpdateExclusion.
public final class DeregisterPullTimeUpdateExclusion
        implements Operation<DeregisterPullTimeUpdateExclusion.Input, DeregisterPullTimeUpdateExclusion.Output> {

    public record Input(Arn principalArn) {}

    public record Output(Arn principalArn) {}

    private final MetadataStore metadata;

    DeregisterPullTimeUpdateExclusion(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.inAccount(caller, name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var principal = input.principalArn();
        return metadata.transact(tx -> {
            if (!tx.pullExclusions().remove(caller.registry(), principal.value())) {
                throw new RegistryException(new JsonAloneError.ExclusionNotFound(caller.registry(), principal));
            }
            return new Output(principal);
        });
    }
}
