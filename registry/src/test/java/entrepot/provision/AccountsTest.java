package entrepot.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.admin.AdminClient;
import entrepot.domain.AccountId;
import entrepot.domain.RegistryId;
import entrepot.folder.CredentialsFile;
import entrepot.folder.DataFolder;
import entrepot.operation.AuditTrail;
import entrepot.server.RunningServer;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import entrepot.store.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.ecr.EcrClient;

/// Accounts, their roots, and the file that has their keys.
class AccountsTest {

    private static final RegistryId REGISTRY = new RegistryId(new AccountId("000000000000"), "us-east-1");
    private static final String OTHER = "111122223333";
    private static final Ledger UNTOLD = Ledger.of(AuditTrail.NONE, REGISTRY.region());

    @TempDir
    Path data;

    @Test
    void an_account_is_made_and_its_key_rotated_while_the_server_runs() throws IOException {
        try (var server = RunningServer.start(data, Map.of())) {
            call(AccountCommands.CREATE, OTHER);
            var first = file().read(OTHER);
            assertThat(registry(server, first)).isEqualTo(OTHER);
            assertThat(call(AccountCommands.LIST)).containsExactly("000000000000", OTHER);

            call(AccountCommands.ROTATE, OTHER);
            var second = file().read(OTHER);
            assertThat(registry(server, second)).isEqualTo(OTHER);
            assertThatThrownBy(() -> registry(server, first)).hasMessageContaining("security token");

            var root = file().read().orElseThrow();
            call(AccountCommands.ROTATE);
            assertThatThrownBy(() -> registry(server, root)).hasMessageContaining("security token");
            assertThat(registry(server, file().read().orElseThrow())).isEqualTo("000000000000");
            assertThat(file().read(OTHER)).isEqualTo(second);
        }
    }

    @Test
    void what_cannot_be_done_is_said() throws IOException {
        try (var server = RunningServer.start(data, Map.of())) {
            assertThat(server.url("/").getPort()).isPositive();
            assertThatThrownBy(() -> call(AccountCommands.CREATE, "12"))
                    .hasMessage("an account is twelve digits, not 12");
            assertThatThrownBy(() -> call(AccountCommands.CREATE, "000000000000"))
                    .hasMessage("account 000000000000 is there already");
            assertThatThrownBy(() -> call(AccountCommands.ROTATE, OTHER))
                    .hasMessage("there is no account 111122223333");
            assertThatThrownBy(() -> call(AccountCommands.ROTATE, "12")).hasMessage("there is no account 12");
        }
    }

    @Test
    void a_deleted_file_adds_no_key_and_one_that_is_put_back_brings_no_dead_key_to_life() throws IOException {
        try (var store = TestStores.metadata()) {
            RootPrincipal.ensure(store, file(), REGISTRY, UNTOLD);
            var made = roots(store);
            Files.delete(file().path());

            RootPrincipal.ensure(store, file(), REGISTRY, UNTOLD);
            assertThat(roots(store)).isEqualTo(made);
            assertThat(file().path()).doesNotExist();

            file().put(CredentialsFile.DEFAULT, new CredentialsFile.Credentials("AKIAOLD", "dead"), "us-east-1");
            RootPrincipal.ensure(store, file(), REGISTRY, UNTOLD);
            assertThat(roots(store)).isEqualTo(made);
        }
    }

    @Test
    void keys_that_are_brought_along_are_the_first_roots() throws IOException {
        file().put(CredentialsFile.DEFAULT, new CredentialsFile.Credentials("AKIAMINE", "mine".repeat(5)), "us-east-1");
        try (var store = TestStores.metadata()) {
            RootPrincipal.ensure(store, file(), REGISTRY, UNTOLD);

            assertThat(roots(store)).extracting(AccessKey::id).containsExactly("AKIAMINE");
        }
    }

    @Test
    void a_short_secret_that_is_brought_along_is_no_roots() throws IOException {
        file().put(CredentialsFile.DEFAULT, new CredentialsFile.Credentials("AKIAMINE", "m".repeat(19)), "us-east-1");
        try (var store = TestStores.metadata()) {
            assertThatThrownBy(() -> RootPrincipal.ensure(store, file(), REGISTRY, UNTOLD))
                    .isInstanceOf(IOException.class)
                    .hasMessageEndingWith(": the secret of AKIAMINE has fewer than 20 characters");
            assertThat(roots(store)).isEmpty();
        }
    }

    @Test
    void another_configured_account_gets_a_root_of_its_own_and_the_first_one_keeps_its_profile() throws IOException {
        try (var store = TestStores.metadata()) {
            RootPrincipal.ensure(store, file(), REGISTRY, UNTOLD);
            var first = file().read();

            RootPrincipal.ensure(store, file(), REGISTRY.ofAccount(new AccountId(OTHER)), UNTOLD);

            assertThat(file().read()).isEqualTo(first);
            assertThat(store.<Boolean>read(tx -> tx.accessKeys()
                            .find(idOf(OTHER))
                            .orElseThrow()
                            .account()
                            .equals(new AccountId(OTHER))))
                    .isTrue();
        }
    }

    private String idOf(String profile) {
        try {
            return file().read(profile).id();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<AccessKey> roots(MetadataStore store) {
        return store.read(tx -> tx.accessKeys().of(REGISTRY.account(), null)).stream()
                .map(key -> AccessKey.ofRoot(key.id(), key.secret(), key.account(), Instant.EPOCH))
                .toList();
    }

    private CredentialsFile file() {
        return new CredentialsFile(data.resolve("credentials"));
    }

    private List<String> call(String command, String... arguments) throws IOException {
        return AdminClient.call(DataFolder.adminSocket(data), command, List.of(arguments));
    }

    private static String registry(RunningServer server, CredentialsFile.Credentials key) throws IOException {
        try (EcrClient ecr = server.client()
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
                .build()) {
            return ecr.describeRegistry(r -> {}).registryId();
        }
    }
}
