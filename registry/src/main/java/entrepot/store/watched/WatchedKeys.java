package entrepot.store.watched;

import entrepot.domain.Arn;
import entrepot.domain.RegistryId;
import entrepot.store.KeyService;
import entrepot.store.Transaction;
import entrepot.watch.Watch;
import org.jspecify.annotations.Nullable;

/// A key service, each use of which is told to a watch.
public final class WatchedKeys implements KeyService {

    private final KeyService service;
    private final Told told;

    public WatchedKeys(KeyService service, Watch watch) {
        this.service = service;
        this.told = new Told(watch);
    }

    @Override
    public Arn resolve(RegistryId registry, @Nullable String named) {
        return told.call("keys.resolve", () -> service.resolve(registry, named));
    }

    @Override
    public Meant meant(RegistryId registry, String named) {
        return told.call("keys.meant", () -> service.meant(registry, named));
    }

    @Override
    public void grant(Transaction tx, Arn key, Arn repository) {
        service.grant(tx, key, repository);
    }

    @Override
    public void retire(Transaction tx, Arn key, Arn repository) {
        service.retire(tx, key, repository);
    }

    @Override
    public void requireGrant(Arn key, Arn repository, String operation) {
        service.requireGrant(key, repository, operation);
    }

    @Override
    public DataKey generate(Arn key, Arn repository) {
        return told.call("keys.generate", () -> service.generate(key, repository));
    }

    @Override
    public byte[] unwrap(Arn key, Arn repository, byte[] wrapped) {
        return told.call("keys.unwrap", () -> service.unwrap(key, repository, wrapped));
    }

    @Override
    public void check(RegistryId home) {
        service.check(home);
    }

    @Override
    public void close() {
        service.close();
    }
}
