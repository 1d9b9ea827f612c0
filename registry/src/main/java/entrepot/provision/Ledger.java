package entrepot.provision;

import entrepot.domain.Partition;
import entrepot.operation.AuditTrail;
import entrepot.operation.Deed;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.function.BiFunction;

/// Tells the audit what is made and taken away without a caller, once it is stored.
///
/// @param by what does it, such as `entrepot serve`
/// @param partition that ARNs are told in
public record Ledger(AuditTrail audit, String by, Partition partition) {

    /// Of what a start does.
    ///
    /// @param region the configured one
    public static Ledger of(AuditTrail audit, String region) {
        return new Ledger(audit, "entrepot serve", Partition.ofRegion(region));
    }

    /// Of what a command does.
    Ledger ofCommand(String command) {
        return new Ledger(audit, "entrepot " + command, partition);
    }

    /// Runs the work in one transaction, then tells its acts. The work may be run again, with new acts.
    <T> T transact(MetadataStore metadata, BiFunction<Transaction, Acts, T> work) {
        var done = metadata.transact(tx -> {
            var acts = new Acts(partition);
            return new Done<>(work.apply(tx, acts), acts);
        });
        done.acts().list().forEach(act -> audit.record(new Deed(by, partition.iamRegion(), act)));
        return done.result();
    }

    private record Done<T>(T result, Acts acts) {}
}
