package entrepot.store.postgres;

import java.time.Duration;

/// How a transaction begins.
///
/// No session is changed, since behind a pooler (pgbouncer's transaction mode) the next transaction may run on another.
enum Isolation {
    /// Each statement sees what was committed before it.
    GUARDED("isolation level read committed"),

    /// As if nobody else wrote; who loses runs again.
    ALONE("isolation level serializable"),

    /// All statements see what was committed before the first one.
    SNAPSHOT("isolation level repeatable read read only"),

    /// No transaction at all: one statement, which is not told how long it may take.
    NONE("");

    /// How long a transaction may wait for us, so that a node that stands still holds no lock for ever.
    private static final int IDLE_MILLIS = 20_000;

    /// Takes no snapshot, so the transaction sees all that was committed before its turn.
    private static final String TURN = "; lock table turn in exclusive mode";

    private final String level;

    Isolation(String level) {
        this.level = level;
    }

    boolean mayWrite() {
        return this == GUARDED || this == ALONE;
    }

    /// Goes before the first statement, in one message with it.
    ///
    /// @param lost whether the work has lost before
    /// @param statement how long each statement may take
    String begin(boolean lost, Duration statement) {
        return "begin %s; set local statement_timeout = %d; set local idle_in_transaction_session_timeout = %d%s"
                .formatted(level, statement.toMillis(), IDLE_MILLIS, lost && this == ALONE ? TURN : "");
    }
}
