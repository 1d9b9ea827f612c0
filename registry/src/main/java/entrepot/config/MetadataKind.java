package entrepot.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What keeps all that is not a blob. Another kind is a record here, which has what its keys say, and a case in the
/// server's `Backend`, which says how it is opened.
public sealed interface MetadataKind {

    int USUAL_POOL = 16;
    int LARGEST_POOL = 1_000;

    /// The key that secrets are sealed under; null for the one in the data folder.
    @Nullable
    Secret serverKey();

    /// One file in the data folder, for one process.
    record Sqlite(@Nullable Secret serverKey) implements MetadataKind {
        public Sqlite() {
            this(null);
        }
    }

    /// A database that many processes share.
    ///
    /// @param password null for none
    /// @param pool how many connections a process has at most
    /// @param timeout how long a request may wait for it
    record Postgres(
            String url,
            String user,
            @Nullable Secret password,
            int pool,
            @Nullable Secret serverKey,
            Duration timeout) implements MetadataKind {}

    static MetadataKind read(Sources sources, Duration timeout) {
        var serverKey = sources.secret("server-key").orElse(null);
        var url = sources.optional("metadata.url", MetadataKind::url);
        var user = sources.value("metadata.user", "entrepot", text -> text);
        var password = sources.secret("metadata.password").orElse(null);
        var pool = sources.number("metadata.pool", USUAL_POOL, 1, LARGEST_POOL);
        return sources.value("metadata.type", new Sqlite(serverKey), type -> switch (type) {
            case "sqlite" -> new Sqlite(serverKey);
            case "postgres" ->
                new Postgres(
                        url.orElseThrow(() -> new ConfigException("metadata.url is needed for PostgreSQL")),
                        user,
                        password,
                        pool,
                        serverKey,
                        timeout);
            default -> throw new IllegalArgumentException("must be sqlite or postgres");
        });
    }

    private static String url(String text) {
        if (!text.matches("jdbc:postgresql://[^/\\s]+/\\S+")) {
            throw new IllegalArgumentException("must be an address such as jdbc:postgresql://db:5432/entrepot");
        }
        if (text.matches(".*[?&](password|user)=.*")) {
            throw new ConfigException(
                    "metadata.url: the user goes into metadata.user, the password into metadata.password-file");
        }
        return text;
    }
}
