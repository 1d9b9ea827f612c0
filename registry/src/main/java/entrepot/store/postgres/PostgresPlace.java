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
/// @param times how long what may take
public record PostgresPlace(String url, String user, String password, int connections, Times times) {

    /// How long one waits before one is told that it cannot be done now.
    ///
    /// @param connecting for a connection to be free, and for a new one to be made, each
    /// @param statement for one to be done
    /// @param attempts for all of them together
    public record Times(Duration connecting, Duration statement, Duration attempts) {

        /// Longer than the pool pauses between two tries to connect, which is 5 s at most: who asks when the database
        /// is back is answered.
        private static final Duration CONNECTING = Duration.ofSeconds(7);

        private static final Duration STATEMENT = Duration.ofSeconds(10);

        static final Times USUAL = of(Duration.ofSeconds(30));

        /// Of which nobody waits longer than so long: the last attempt takes half as long as those before it, and its
        /// last statement is begun at the end of that.
        public static Times of(Duration longest) {
            var third = longest.dividedBy(3);
            return new Times(least(CONNECTING, third), least(STATEMENT, third), third);
        }

        private static Duration least(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }
    }

    public PostgresPlace(String url, String user, String password, int connections) {
        this(url, user, password, connections, Times.USUAL);
    }

    private static final String NAMES = "metadata.user, metadata.password-file";

    /// The server wants something that was not given, such as a password, or has not what is wanted, such as TLS.
    private static final String DRIVER_GAVE_UP = "08004";

    /// More than a statement may take on the server.
    private static final Duration SILENCE = Duration.ofSeconds(3);

    /// Nothing is prepared before `Preparing` has looked, unless the URL has another `prepareThreshold`.
    Map<String, String> properties() {
        var properties = new TreeMap<String, String>();
        properties.put("prepareThreshold", String.valueOf(Preparing.UNKNOWN));
        properties.put("connectTimeout", "3");
        properties.put("loginTimeout", "4");
        properties.put(
                "socketTimeout", String.valueOf(times.statement().plus(SILENCE).toSeconds()));
        properties.put("tcpKeepAlive", "true");
        properties.put("hostRecheckSeconds", "1");
        properties.put("ApplicationName", "entrepot");
        return properties;
    }

    /// Why it cannot be opened, by what whoever starts the program has written.
    IOException refusal(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        if (state.startsWith("28")) {
            return new IOException(NAMES + ": %s is not let in: %s".formatted(this, firstLine(e)));
        }
        if (state.equals(DRIVER_GAVE_UP)) {
            return new IOException("metadata.url, %s: %s cannot be opened: %s".formatted(NAMES, this, firstLine(e)));
        }
        var why = "metadata.url: %s cannot be opened: %s".formatted(this, firstLine(e));
        return Outcome.isAway(e) ? new StoreAwayException(why) : new IOException(why);
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
