package entrepot.operation;

/// What is told of every decision, whether it allows or denies.
@FunctionalInterface
public interface AuditTrail extends AutoCloseable {

    /// Where nobody wants to know.
    AuditTrail NONE = _ -> {};

    /// Returns when the event is sure to be told, but for a crash, or is counted as missed.
    void record(AuditEvent event);

    /// Tells what is not told yet.
    @Override
    default void close() {}
}
