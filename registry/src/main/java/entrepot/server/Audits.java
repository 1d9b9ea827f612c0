package entrepot.server;

import entrepot.audit.AuditWriter;
import entrepot.config.Reports.Audit;
import entrepot.operation.AuditTrail;
import java.io.IOException;
import java.time.InstantSource;

/// The audit, opened as the configuration says.
public final class Audits {

    private Audits() {}

    /// Writes to what is configured until it is closed.
    ///
    /// @throws IOException if its file cannot be opened
    public static AuditTrail open(Audit target, InstantSource clock) throws IOException {
        if (target instanceof Audit.Off) {
            return AuditTrail.NONE; // at once: for a switch over types the JVM makes a class
        }
        return switch (target) {
            case Audit.Off _ -> AuditTrail.NONE;
            case Audit.Stdout _ -> AuditWriter.toStdout(clock);
            case Audit.File(var path) -> AuditWriter.toFile(path, clock);
        };
    }
}
