package entrepot.job;

import entrepot.auth.token.ServerSecrets;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.util.List;

/// Has the secrets that sign tokens and links take turns, so that one that leaked is not good for ever.
public record SecretRotation(MetadataStore metadata, List<ServerSecrets> secrets) implements Job {

    public SecretRotation {
        secrets = List.copyOf(secrets);
    }

    @Override
    public Scope scope() {
        return Scope.ONE_NODE;
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public boolean step(Failures failures) {
        secrets.forEach(each -> failures.attempt(each.name(), () -> each.rotate(metadata)));
        return false;
    }
}
