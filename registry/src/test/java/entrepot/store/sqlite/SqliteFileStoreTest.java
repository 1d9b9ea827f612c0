package entrepot.store.sqlite;

import entrepot.store.MetadataStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteFileStoreTest extends MetadataStoreContract {

    @TempDir
    Path directory;

    @Override
    protected SqliteMetadataStore open() {
        return SqliteMetadataStore.open(directory.resolve("metadata.db"));
    }
}
