package entrepot.job;

import entrepot.provision.RootPrincipal;
import entrepot.store.MetadataStore;
import java.time.Duration;
import java.util.Optional;

/// Says again and again by which root key this node runs, so that none starts with another one.
///
/// @param id where the configuration gives it
public record RootKeyInUse(MetadataStore metadata, Optional<String> id) implements Job {

    @Override
    public Scope scope() {
        return Scope.EACH_NODE;
    }

    /// A few times in the time that a lease lasts.
    @Override
    public Duration every() {
        return RootPrincipal.IN_USE.dividedBy(3);
    }

    @Override
    public boolean step(Failures failures) {
        id.ifPresent(key -> failures.attempt(key, () -> RootPrincipal.use(metadata, key)));
        return false;
    }
}
