package entrepot.operation.secret;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import java.util.List;

/// Removes tags of a secret; one that is not there is no error. Source: Secrets Manager API, UntagResource.
public final class UntagResource implements Operation<UntagResource.Input, Done> {

    public record Input(String secretId, List<String> tagKeys) {}

    private final SecretCalls calls;

    UntagResource(SecretCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(need(caller, input));
    }

    private Permission need(Caller caller, Input input) {
        return calls.need(caller, this, input.secretId()).about(SecretTags.named(input.tagKeys()));
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        var arn = calls.decided(caller, this, need(caller, input));
        return calls.metadata().transact(tx -> {
            var secret = SecretCalls.requireKept(tx, arn);
            tx.secrets().removeTags(secret, SecretTags.named(input.tagKeys()));
            tx.secrets().update(secret.changedAt(calls.now()));
            return Done.DONE;
        });
    }
}
