package entrepot.server;

import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a node needs to serve, by the names that operators are told, whatever keeps it.
enum Need {
    DATABASE,
    BUCKET,
    KMS,
    MIGRATIONS;

    /// What is said of what can be used.
    static final String OK = "ok";

    private static final Logger LOG = LoggerFactory.getLogger(Need.class);

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What anybody may know of it. The log tells the rest.
    ///
    /// @param stores null while they cannot be opened
    String verdict(@Nullable Stores stores, RegistryId home) {
        return stores == null ? "not known yet" : verdictOf(stores, home);
    }

    private String verdictOf(Stores stores, RegistryId home) {
        try {
            check(stores, home);
            return OK;
        } catch (RegistryException e) {
            LOG.debug("{} is away", this, e);
            return "cannot be reached";
        } catch (IOException e) {
            LOG.debug("{} cannot be used", this, e);
            return String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("{} cannot be checked", this, e);
            return "fails";
        }
    }

    private void check(Stores stores, RegistryId home) throws IOException {
        switch (this) {
            case DATABASE -> stores.metadata().check();
            case BUCKET -> stores.blobs().check();
            case KMS -> stores.keys().check(home);
            case MIGRATIONS -> stores.metadata().checkSchema();
        }
    }
}
