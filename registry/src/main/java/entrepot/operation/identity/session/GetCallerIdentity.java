package entrepot.operation.identity.session;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import java.util.List;

/// Who is asking. Needs no permission. Source: STS API, GetCallerIdentity.
record GetCallerIdentity() implements Operation<GetCallerIdentity.Input, GetCallerIdentity.Output> {

    public record Input() {}

    public record Output(String userId, AccountId account, String arn) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of();
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var principal = caller.principal();
        return new Output(principal.id(), principal.account(), principal.arn());
    }
}
