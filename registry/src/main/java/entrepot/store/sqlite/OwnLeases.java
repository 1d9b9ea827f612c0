package entrepot.store.sqlite;

import entrepot.store.Leases;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Leases of a process that shares its database with none: they need not outlive it.
final class OwnLeases implements Leases {

    private final Map<String, Held> all = new HashMap<>();

    /// Until when, as `System.nanoTime` counts.
    private record Held(Lease lease, long until) {
        boolean isOver() {
            return System.nanoTime() - until >= 0;
        }
    }

    @Override
    public synchronized Optional<Lease> take(String name, String holder, Duration duration) {
        var held = all.get(name);
        if (held != null && !held.isOver() && !held.lease().holder().equals(holder)) {
            return Optional.empty();
        }
        var lease = new Lease(name, held == null ? 1 : held.lease().number() + 1, holder);
        hold(lease, duration);
        return Optional.of(lease);
    }

    @Override
    public synchronized boolean isTaken(String name) {
        var held = all.get(name);
        return held != null && !held.isOver();
    }

    @Override
    public synchronized boolean renew(Lease lease, Duration duration) {
        var held = all.get(lease.name());
        if (held == null || !held.lease().equals(lease)) {
            return false;
        }
        hold(lease, duration);
        return true;
    }

    @Override
    public synchronized Optional<String> holder(String name) {
        return Optional.ofNullable(all.get(name)).map(held -> held.lease().holder());
    }

    @Override
    public synchronized void end(Lease lease) {
        var held = all.get(lease.name());
        if (held != null && held.lease().equals(lease)) {
            all.remove(lease.name());
        }
    }

    private void hold(Lease lease, Duration duration) {
        all.put(lease.name(), new Held(lease, System.nanoTime() + duration.toNanos()));
    }
}
