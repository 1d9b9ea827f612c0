package entrepot.store.postgres;

import entrepot.domain.EveryApiError;
import entrepot.domain.RegistryException;
import entrepot.store.LostRaceException;
import entrepot.store.sql.MissingRowsException;
import entrepot.store.sql.SqlFailure;
import java.sql.SQLException;
import java.sql.SQLTransientException;

/// What a failure means. Source: PostgreSQL, appendix A, "PostgreSQL Error Codes".
enum Outcome {
    /// Another transaction was first: the work runs again, until it had time enough.
    LOST,

    /// A key or a reference did not hold, for which another transaction may be the reason: the work runs again, a few
    /// times.
    HELD_BACK,

    /// The connection is gone, or leads to a server that may not write any more: there may be better ones.
    CUT,

    /// The server is not there.
    ABSENT,

    /// The server is there, but does not do what was asked in time, or not now.
    BUSY,

    /// There is no room.
    FULL,

    /// A refusal, or a mistake of ours.
    FINAL;

    /// A write that names what it saw, which was not so any more, divides by zero.
    private static final String OTHER_ROWS = "22012";

    /// A standby, or a primary that has become one.
    static final String READ_ONLY = "25006";

    static Outcome of(Throwable failure) {
        return switch (failure) {
            case LostRaceException _ -> LOST;
            case MissingRowsException _ -> HELD_BACK;
            case SqlFailure sql -> of(sql.sqlException());
            default -> FINAL;
        };
    }

    static Outcome of(SQLException e) {
        var state = e.getSQLState();
        if (state == null) {
            return e instanceof SQLTransientException ? ABSENT : FINAL;
        }
        return switch (state) {
            case "40001", "40P01", OTHER_ROWS -> LOST;
            case "23505", "23503" -> HELD_BACK;
            case "57P01", "57P02", READ_ONLY, "25P03" -> CUT;
            case "08001", "08004", "57P03" -> ABSENT;
            case "57014", "55P03", "53300", "53200", "53400" -> BUSY;
            case "53100" -> FULL;
            default -> state.startsWith("08") ? CUT : FINAL;
        };
    }

    /// Whether the server may be well later by itself.
    static boolean isAway(SQLException e) {
        return switch (of(e)) {
            case CUT, ABSENT, BUSY -> true;
            case LOST, HELD_BACK, FULL, FINAL -> false;
        };
    }

    /// What the caller is told.
    static RuntimeException told(RuntimeException failure) {
        return switch (of(failure)) {
            case LOST, CUT, ABSENT, BUSY -> new RegistryException(new EveryApiError.Unavailable());
            case FULL -> new RegistryException(new EveryApiError.StorageFull());
            case HELD_BACK, FINAL -> failure;
        };
    }
}
