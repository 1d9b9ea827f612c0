package entrepot.operation.key.alias;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.Done;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import java.time.InstantSource;
import java.util.List;

/// Gives an alias to another key. Source: KMS API, UpdateAlias.
public final class UpdateAlias implements Operation<UpdateAlias.Input, Done> {

    public record Input(String aliasName, String targetKeyId) {}

    private final MetadataStore metadata;
    private final Keys keys;
    private final InstantSource clock;

    UpdateAlias(MetadataStore metadata, Keys keys, InstantSource clock) {
        this.metadata = metadata;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(
                Aliases.need(caller, name(), input.aliasName()),
                keys.need(new Keys.Named(caller, name(), input.aliasName())),
                Aliases.target(caller, name(), input.aliasName(), input.targetKeyId()));
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        var decided = keys.find(this, new Keys.Named(caller, name(), input.aliasName()));
        return metadata.transact(tx -> {
            var key = Aliases.target(tx, caller, input.targetKeyId());
            tx.keyAliases().point(Aliases.require(tx, caller, input.aliasName(), decided), key, clock.instant());
            return Done.DONE;
        });
    }
}
