package entrepot.store.sql;

import entrepot.store.seal.SecretBox;
import java.sql.Connection;
import java.util.Optional;

/// A database that a registry is moved out of or into, and what engines spell differently of that.
public interface MoveEngine extends AutoCloseable {

    /// One that commits only when it is told to.
    Connection connection();

    /// The tables through that connection.
    Sql sql();

    SqlTransaction transaction(SecretBox box);

    /// From now on, and until the transaction ends, all that is read is of one moment. Nothing was read before.
    void beginSnapshot();

    /// Until the transaction ends nobody minds how long it takes. Nothing was read or written before.
    void beginLong();

    /// The largest id that a row of the table ever had; 0 for none.
    long lastId(String table);

    /// The next row of the table that is not told its id has a larger one.
    void setLastId(String table, long id);

    /// Who else has the database open, of those that it is shared by.
    Optional<String> inUse();

    @Override
    void close();
}
