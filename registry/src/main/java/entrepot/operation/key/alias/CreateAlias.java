package entrepot.operation.key.alias;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.KeyAlias;
import entrepot.domain.KmsError.Kind;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.Done;
import entrepot.store.MetadataStore;
import java.time.InstantSource;
import java.util.List;

/// Gives a key a name. Source: KMS API, CreateAlias.
public final class CreateAlias implements Operation<CreateAlias.Input, Done> {

    public record Input(String aliasName, String targetKeyId) {}

    private final MetadataStore metadata;
    private final InstantSource clock;

    CreateAlias(MetadataStore metadata, InstantSource clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(
                Aliases.need(caller, name(), input.aliasName()),
                Aliases.target(caller, name(), input.aliasName(), input.targetKeyId()));
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        var now = clock.instant();
        return metadata.transact(tx -> {
            var key = Aliases.target(tx, caller, input.targetKeyId());
            if (tx.keyAliases().find(caller.registry(), input.aliasName()).isPresent()) {
                throw Kind.ALREADY_EXISTS.refusal("An alias with the name %s already exists"
                        .formatted(Aliases.named(caller, input.aliasName()).arn()));
            }
            tx.keyAliases().create(new KeyAlias(caller.registry(), input.aliasName(), key.id(), now, now));
            return Done.DONE;
        });
    }
}
