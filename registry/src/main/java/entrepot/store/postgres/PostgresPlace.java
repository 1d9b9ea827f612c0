package entrepot.store.postgres;

import entrepot.store.StoreAwayException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// Where the database is, and as whom it is asked.
///
/// @param url `jdbc:postgresql://host:5432/database`, of several hosts too; what it says of a property goes before
///     ours
/// @param password empty for none
/// @param connections how many at most
/// @param patience how long one waits for a connection to be free, and for a new one to be made, each
public record PostgresPlace(String url, String user, String password, int connections, Duration patience) {

    /// Longer than the pool pauses between two tries to connect, which is 5 s at most: who asks when the database is
    /// back is answered.
    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(7);

    public PostgresPlace(String url, String user, String password, int connections) {
        this(url, user, password, connections, USUAL_PATIENCE);
    }

    /// In seconds, and more than a statement may take on the server.
    private static final int SILENCE = Isolation.STATEMENT_MILLIS / 1_000 + 3;

    /// A statement that is prepared on the server belongs to one session, which a pooler changes with each transaction:
    /// so none is, unless the URL has another `prepareThreshold`.
    Map<String, String> properties() {
        var properties = new TreeMap<String, String>();
        properties.put("prepareThreshold", "0");
        properties.put("connectTimeout", "3");
        properties.put("loginTimeout", "4");
        properties.put("socketTimeout", String.valueOf(SILENCE));
        properties.put("tcpKeepAlive", "true");
        properties.put("hostRecheckSeconds", "1");
        properties.put("ApplicationName", "entrepot");
        return properties;
    }

    /// Why it cannot be opened, by what whoever starts the program has written.
    IOException refusal(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        if (state.startsWith("28")) {
            return new IOException(
                    "metadata.user, metadata.password-file: %s is not let in: %s".formatted(this, firstLine(e)));
        }
        var why = "metadata.url: %s cannot be opened: %s".formatted(this, firstLine(e));
        return switch (Outcome.of(e)) {
            case ABSENT, CUT, BUSY -> new StoreAwayException(why);
            case LOST, HELD_BACK, FULL, FINAL -> new IOException(why);
        };
    }

    /// What the server said, rather than the pool.
    private static String firstLine(SQLException e) {
        var said = e.getCause() instanceof SQLException cause ? cause : e;
        return String.valueOf(said.getMessage()).lines().findFirst().orElse("");
    }

    /// Without the password, and without what the URL may say of one.
    @Override
    public String toString() {
        return "%s as %s".formatted(url.replaceFirst("\\?.*", ""), user);
    }
}
