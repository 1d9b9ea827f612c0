package entrepot.store.postgres;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/// A connection to a server that may not write is of no use any more, like one that is cut. The pool makes it by its
/// name.
public final class Eviction implements SQLExceptionOverride {

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException e) {
        return Outcome.READ_ONLY.equals(e.getSQLState())
                ? SQLExceptionOverride.Override.MUST_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
