package entrepot.operation.secret;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import java.util.List;

/// Adds tags to a secret; one with a known key takes the old one's place. Source: Secrets Manager API, TagResource.
public final class TagResource implements Operation<TagResource.Input, Done> {

    public record Input(String secretId, List<SecretTag> tags) {}

    private final SecretCalls calls;

    TagResource(SecretCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(need(caller, input));
    }

    private Permission need(Caller caller, Input input) {
        return calls.need(caller, this, input.secretId()).giving(SecretTags.checked(input.tags()));
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        var arn = calls.decided(caller, this, need(caller, input));
        return calls.metadata().transact(tx -> {
            var secret = SecretCalls.requireKept(tx, arn);
            SecretTags.put(tx, secret, SecretTags.checked(input.tags()));
            tx.secrets().update(secret.changedAt(calls.now()));
            return Done.DONE;
        });
    }
}
