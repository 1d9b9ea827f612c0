package entrepot.operation.key.lifecycle;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.key.Keys;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells of a key, in whatever state it is. Source: KMS API, DescribeKey.
public final class DescribeKey implements Operation<DescribeKey.Input, DescribeKey.Output> {

    public record Input(String keyId, @Nullable List<String> grantTokens) {}

    public record Output(KeyMetadata keyMetadata) {}

    private final MetadataStore metadata;
    private final Keys keys;

    DescribeKey(MetadataStore metadata, Keys keys) {
        this.metadata = metadata;
        this.keys = keys;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(keys.need(new Keys.Named(caller, name(), input.keyId())));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var arn = keys.find(this, new Keys.Named(caller, name(), input.keyId()));
        return new Output(KeyMetadata.of(metadata.read(tx -> Keys.require(tx, arn))));
    }
}
