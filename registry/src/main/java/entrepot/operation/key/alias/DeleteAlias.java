package entrepot.operation.key.alias;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.Done;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import java.util.List;

/// Takes a key's name away. Source: KMS API, DeleteAlias.
public final class DeleteAlias implements Operation<DeleteAlias.Input, Done> {

    public record Input(String aliasName) {}

    private final MetadataStore metadata;
    private final Keys keys;

    DeleteAlias(MetadataStore metadata, Keys keys) {
        this.metadata = metadata;
        this.keys = keys;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(
                Aliases.need(caller, name(), input.aliasName()),
                keys.need(new Keys.Named(caller, name(), input.aliasName())));
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        var decided = keys.find(this, new Keys.Named(caller, name(), input.aliasName()));
        return metadata.transact(tx -> {
            tx.keyAliases().delete(Aliases.require(tx, caller, input.aliasName(), decided));
            return Done.DONE;
        });
    }
}
