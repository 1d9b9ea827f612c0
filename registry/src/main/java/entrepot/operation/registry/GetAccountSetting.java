package entrepot.operation.registry;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountSetting;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.store.MetadataStore;
import java.util.List;

/// Tells a setting of the caller's registry. Source: ECR API, GetAccountSetting.
public final class GetAccountSetting implements Operation<GetAccountSetting.Input, GetAccountSetting.Output> {

    public record Input(String name) {}

    public record Output(String name, String value) {}

    private final MetadataStore metadata;

    GetAccountSetting(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.inAccount(caller, name()).with("ecr:AccountSetting", List.of(input.name())));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var setting = AccountSetting.named(input.name());
        var value = metadata.read(tx -> tx.accountSettings().value(caller.registry(), setting));
        return new Output(setting.name(), value);
    }
}
