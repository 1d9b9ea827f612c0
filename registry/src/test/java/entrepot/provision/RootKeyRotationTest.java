package entrepot.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.auth.NewKeys;
import entrepot.domain.AccountId;
import entrepot.domain.RegistryId;
import entrepot.folder.CredentialsFile;
import entrepot.operation.AuditTrail;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import entrepot.store.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootKeyRotationTest {

    private static final AccountId ACCOUNT = new AccountId("000000000000");
    private static final RegistryId HOME = new RegistryId(ACCOUNT, "us-east-1");
    private static final Ledger UNTOLD = Ledger.of(AuditTrail.NONE, HOME.region());

    @AutoClose
    private final MetadataStore store = TestStores.metadata();

    @TempDir
    Path folder;

    @Test
    void a_rotation_that_breaks_off_leaves_the_key_in_the_file_alive_and_the_next_one_clears_up() throws IOException {
        var file = new CredentialsFile(folder.resolve("credentials"));
        RootPrincipal.ensure(store, file, HOME, UNTOLD);
        var before = file.read().orElseThrow();
        var inTheWay = Files.createDirectories(folder.resolve("credentials.new/full"));

        assertThatThrownBy(() -> rotate(file)).isInstanceOf(IOException.class);
        assertThat(file.read()).contains(before);
        assertThat(rootKeys()).extracting(AccessKey::id).contains(before.id());

        Files.delete(inTheWay);
        rotate(file);
        var after = file.read().orElseThrow();
        assertThat(after).isNotEqualTo(before);
        assertThat(rootKeys())
                .extracting(key -> new CredentialsFile.Credentials(key.id(), key.secret()))
                .containsExactly(after);
    }

    private void rotate(CredentialsFile file) throws IOException {
        new AccountCommands(store, file, HOME, new NewKeys(new SecureRandom()), InstantSource.system(), UNTOLD)
                .run(AccountCommands.ROTATE, List.of());
    }

    private List<AccessKey> rootKeys() {
        return store.read(tx -> tx.accessKeys().of(ACCOUNT, null));
    }
}
