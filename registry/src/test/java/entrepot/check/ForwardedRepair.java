package entrepot.check;

import entrepot.domain.BlobKey;
import entrepot.store.Leases.Lease;
import entrepot.store.Repairs.Walk;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Another one, but for what a test overrides.
class ForwardedRepair implements Repair {

    private final Repair repair;

    ForwardedRepair(Repair repair) {
        this.repair = repair;
    }

    @Override
    public Optional<Lease> take(String name) throws IOException {
        return repair.take(name);
    }

    @Override
    public void end(Lease turn) throws IOException {
        repair.end(turn);
    }

    @Override
    public Optional<Walk> begun(String name) throws IOException {
        return repair.begun(name);
    }

    @Override
    public void found(Walk walk, List<Finding> findings) throws IOException {
        repair.found(walk, findings);
    }

    @Override
    public void found(Lease turn, Walk walk, List<Finding> findings) throws IOException {
        repair.found(turn, walk, findings);
    }

    @Override
    public Duration orphanAge() throws IOException {
        return repair.orphanAge();
    }

    @Override
    public Map<BlobKey, String> remove(List<BlobKey> keys) throws IOException {
        return repair.remove(keys);
    }
}
