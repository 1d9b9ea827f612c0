package entrepot.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.AccountId;
import entrepot.domain.RegistryId;
import entrepot.folder.CredentialsFile;
import entrepot.operation.AuditTrail;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import entrepot.store.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// RootPrincipal, where the key is given, and where two nodes make one.
class GivenRootKeyTest {

    private static final AccountId ACCOUNT = new AccountId("123456789012");
    private static final RegistryId HOME = new RegistryId(ACCOUNT, "eu-west-1");
    private static final String SECRET = "s".repeat(40);
    private static final Ledger LEDGER = Ledger.of(AuditTrail.NONE, "eu-west-1");

    @AutoClose
    private final MetadataStore metadata = TestStores.metadata();

    @TempDir
    Path folder;

    @Test
    void the_given_key_is_the_only_one_whatever_was_before() throws IOException {
        RootPrincipal.ensure(metadata, new CredentialsFile(folder.resolve("credentials")), HOME, LEDGER);

        RootPrincipal.ensure(metadata, key("AKIAGIVENGIVENGIVEN1", SECRET), LEDGER);
        RootPrincipal.ensure(metadata, key("AKIAGIVENGIVENGIVEN1", SECRET), LEDGER);

        assertThat(keys()).extracting(AccessKey::id).containsExactly("AKIAGIVENGIVENGIVEN1");
        assertThat(keys().getFirst().secret()).isEqualTo(SECRET);
    }

    @Test
    void a_key_that_is_another_here_is_refused() throws IOException {
        RootPrincipal.ensure(metadata, key("AKIAGIVENGIVENGIVEN1", SECRET), LEDGER);

        assertThatThrownBy(() -> RootPrincipal.ensure(metadata, key("AKIAGIVENGIVENGIVEN1", "t".repeat(40)), LEDGER))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("root-key.id");
        assertThatThrownBy(() -> RootPrincipal.ensure(metadata, key("AKIAGIVENGIVENGIVEN2", "short"), LEDGER))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("root-key.secret-file");
        assertThat(keys()).extracting(AccessKey::id).containsExactly("AKIAGIVENGIVENGIVEN1");
    }

    @Test
    void a_key_is_refused_while_another_one_is_in_use() throws IOException {
        RootPrincipal.ensure(metadata, key("AKIAGIVENGIVENGIVEN1", SECRET), LEDGER);
        RootPrincipal.use(metadata, "AKIAGIVENGIVENGIVEN1");

        assertThatThrownBy(() -> RootPrincipal.ensure(metadata, key("AKIAGIVENGIVENGIVEN2", SECRET), LEDGER))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("root-key.id");
        assertThatThrownBy(() -> RootPrincipal.use(metadata, "AKIAGIVENGIVENGIVEN2"))
                .isInstanceOf(IllegalStateException.class);
        assertThat(keys()).extracting(AccessKey::id).containsExactly("AKIAGIVENGIVENGIVEN1");
    }

    @Test
    void a_key_may_be_another_one_when_the_last_node_is_gone() throws IOException {
        RootPrincipal.ensure(metadata, key("AKIAGIVENGIVENGIVEN1", SECRET), LEDGER);
        metadata.transact(tx -> tx.leases()
                .renew(
                        tx.leases()
                                .take("root-key", "AKIAGIVENGIVENGIVEN1", Duration.ZERO)
                                .orElseThrow(),
                        Duration.ofMillis(-1)));

        RootPrincipal.ensure(metadata, key("AKIAGIVENGIVENGIVEN2", SECRET), LEDGER);

        assertThat(keys()).extracting(AccessKey::id).containsExactly("AKIAGIVENGIVENGIVEN2");
    }

    @Test
    void who_made_the_key_is_known_to_the_other_nodes() throws IOException {
        var made = folder.resolve("credentials");
        RootPrincipal.ensure(metadata, new CredentialsFile(made), HOME, LEDGER);
        var other = new CredentialsFile(folder.resolve("other"));
        RootPrincipal.ensure(metadata, other, HOME, LEDGER);

        assertThat(metadata.transact(tx -> tx.leases().holder("root-maker")).orElseThrow())
                .startsWith(made.toString());
        assertThat(other.path()).doesNotExist();
    }

    @Test
    void a_profile_is_taken_out_of_a_file_that_goes_when_nothing_is_left() throws IOException {
        var file = new CredentialsFile(folder.resolve("credentials"));
        file.put("default", new CredentialsFile.Credentials("AKIA1", SECRET), "eu-west-1");
        file.put("other", new CredentialsFile.Credentials("AKIA2", SECRET), "eu-west-1");

        file.remove("default");
        assertThat(file.read("other").id()).isEqualTo("AKIA2");
        assertThatThrownBy(() -> file.read("default")).isInstanceOf(IOException.class);

        file.remove("other");
        assertThat(file.path()).doesNotExist();
    }

    private static AccessKey key(String id, String secret) {
        return AccessKey.ofRoot(id, secret, ACCOUNT, Instant.EPOCH);
    }

    private List<AccessKey> keys() {
        return metadata.read(tx -> tx.accessKeys().of(ACCOUNT, null));
    }
}
