package entrepot.store.sql;

import java.sql.SQLException;

/// The database failed, or a constraint of its tables held back a write that no rule had refused.
public final class SqlFailure extends RuntimeException {
    private final SQLException cause;

    public SqlFailure(SQLException cause) {
        super(cause);
        this.cause = cause;
    }

    public SQLException sqlException() {
        return cause;
    }
}
