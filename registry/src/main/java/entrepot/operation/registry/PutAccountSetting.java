package entrepot.operation.registry;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountSetting;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.store.MetadataStore;
import java.util.List;

/// Changes a setting of the caller's registry, from the next call on. Source: ECR API, PutAccountSetting.
public final class PutAccountSetting implements Operation<PutAccountSetting.Input, PutAccountSetting.Output> {

    public record Input(String name, String value) {}

    public record Output(String name, String value) {}

    private final MetadataStore metadata;

    PutAccountSetting(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.inAccount(caller, name()).with("ecr:AccountSetting", List.of(input.name())));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var setting = AccountSetting.named(input.name());
        setting.require(input.value());
        return metadata.transact(tx -> {
            tx.accountSettings().put(caller.registry(), setting, input.value());
            return new Output(setting.name(), input.value());
        });
    }
}
