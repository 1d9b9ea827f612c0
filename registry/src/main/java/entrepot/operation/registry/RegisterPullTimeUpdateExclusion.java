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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Pulls by a principal are not recorded any more. Source: ECR API, RegisterPullTimeUpdateExclusion.
public final class RegisterPullTimeUpdateExclusion
        implements Operation<RegisterPullTimeUpdateExclusion.Input, RegisterPullTimeUpdateExclusion.Output> {

    public record Input(Arn principalArn) {}

    public record Output(Arn principalArn, Instant createdAt) {}

    private final MetadataStore metadata;
    private final InstantSource clock;

    RegisterPullTimeUpdateExclusion(MetadataStore metadata, InstantSource clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.inAccount(caller, name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var principal = input.principalArn();
        var now = clock.instant();
        return metadata.transact(tx -> {
            if (!tx.pullExclusions().add(caller.registry(), principal.value(), now)) {
                throw new RegistryException(new JsonAloneError.ExclusionAlreadyExists(caller.registry(), principal));
            }
            return new Output(principal, now);
        });
    }
}
