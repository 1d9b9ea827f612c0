package entrepot.operation;

/// What is told of every decision, whether it allows or denies, and of what is done without one.
@FunctionalInterface
public interface AuditTrail extends AutoCloseable {

    /// Where nobody wants to know.
    AuditTrail NONE = _ -> {};

    /// Returns when the event is sure to be told, but for a crash, or is counted as missed.
    void record(AuditEvent event);

    /// As above. Who looks at decisions alone need not hear of it.
    default void record(Deed deed) {}

    /// Whether whoever records now might have to wait.
    default boolean isBusy() {
        return false;
    }

    /// Tells what is not told yet.
    @Override
    default void close() {}
}
