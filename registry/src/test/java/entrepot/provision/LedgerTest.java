package entrepot.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.auth.NewKeys;
import entrepot.config.Config;
import entrepot.config.ConfigException;
import entrepot.domain.AccountId;
import entrepot.domain.RegistryId;
import entrepot.folder.CredentialsFile;
import entrepot.operation.AuditEvent;
import entrepot.operation.AuditTrail;
import entrepot.operation.Deed;
import entrepot.store.MetadataStore;
import entrepot.store.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the audit is told of what is made without a caller.
class LedgerTest {

    private static final RegistryId HOME = new RegistryId(new AccountId("000000000000"), "eu-west-1");
    private static final String OTHER = "111122223333";
    private static final String DECLARED = """
            accounts:
              - id: "000000000000"
                users:
                  - name: ci
                    path: /bots/
                    policies: [arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly]
                    inline-policies:
                      - name: push
                        document: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:*","Resource":"*"}]}'
                    access-key: {id: AKIAAAAAAAAAAAAAAAAA, secret-env: SECRET}
            """;

    @AutoClose
    private final MetadataStore store = TestStores.metadata();

    private final List<Deed> deeds = new ArrayList<>();

    @TempDir
    Path folder;

    /// Hears of deeds alone.
    private final AuditTrail audit = new AuditTrail() {
        @Override
        public void record(AuditEvent event) {
            throw new AssertionError("nobody has called: " + event);
        }

        @Override
        public void record(Deed deed) {
            deeds.add(deed);
        }
    };

    @Test
    void the_first_start_tells_of_the_root_and_its_key_and_the_next_one_of_nothing() throws IOException {
        start("{}");

        assertThat(told())
                .containsExactly(
                        "entrepot serve: organizations CreateAccount arn:aws:iam::000000000000:root {accountId=000000000000}",
                        "entrepot serve: iam CreateAccessKey arn:aws:iam::000000000000:root {accessKeyId=%s}"
                                .formatted(rootKey()));
        assertThat(deeds).allSatisfy(deed -> {
            assertThat(deed.region()).isEqualTo("us-east-1");
            assertThat(deed.act().account()).isEqualTo(HOME.account());
        });

        deeds.clear();
        start("{}");
        assertThat(deeds).isEmpty();
    }

    @Test
    void what_is_declared_is_told_once() throws IOException {
        start("{}");
        deeds.clear();

        start(DECLARED);
        assertThat(told())
                .containsExactly(
                        "entrepot serve: iam CreateUser arn:aws:iam::000000000000:user/bots/ci {path=/bots/, userName=ci}",
                        "entrepot serve: iam AttachUserPolicy arn:aws:iam::000000000000:user/bots/ci "
                                + "{policyArn=arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly, userName=ci}",
                        "entrepot serve: iam PutUserPolicy arn:aws:iam::000000000000:user/bots/ci {policyName=push, userName=ci}",
                        "entrepot serve: iam CreateAccessKey arn:aws:iam::000000000000:user/bots/ci "
                                + "{accessKeyId=AKIAAAAAAAAAAAAAAAAA, userName=ci}");

        deeds.clear();
        start(DECLARED);
        assertThat(deeds).isEmpty();
    }

    @Test
    void what_is_declared_otherwise_is_told_as_it_changes() throws IOException {
        start(DECLARED);
        deeds.clear();

        start(DECLARED.replace("/bots/", "/")
                .replace("PullOnly", "PowerUser")
                .replace("name: push", "name: other")
                .replace("SECRET", "NEXT"));

        assertThat(deeds)
                .extracting(deed -> deed.act().name())
                .containsExactly(
                        "UpdateUser",
                        "AttachUserPolicy",
                        "DetachUserPolicy",
                        "DeleteUserPolicy",
                        "PutUserPolicy",
                        "DeleteAccessKey",
                        "CreateAccessKey");
        assertThat(deeds.getFirst().act().parameters())
                .isEqualTo(Map.of("userName", "ci", "newUserName", "ci", "newPath", "/"));
        assertThat(deeds.get(2).act().parameters())
                .containsEntry("policyArn", "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly");
    }

    @Test
    void a_document_that_changes_is_put_again() throws IOException {
        start(DECLARED);
        deeds.clear();

        start(DECLARED.replace("2012-10-17", "2008-10-17"));

        assertThat(deeds).extracting(deed -> deed.act().name()).containsExactly("PutUserPolicy");
    }

    @Test
    void commands_tell_which_they_are_and_which_keys_they_make_and_kill() throws IOException {
        commands().run(AccountCommands.CREATE, List.of(OTHER));
        var first = file().read(OTHER).id();
        commands().run(AccountCommands.LIST, List.of());
        commands().run(AccountCommands.ROTATE, List.of(OTHER));
        var second = file().read(OTHER).id();

        var root = "arn:aws:iam::111122223333:root";
        assertThat(told())
                .containsExactly(
                        "entrepot account create: organizations CreateAccount %s {accountId=%s}".formatted(root, OTHER),
                        "entrepot account create: iam CreateAccessKey %s {accessKeyId=%s}".formatted(root, first),
                        "entrepot account rotate-root-key: iam CreateAccessKey %s {accessKeyId=%s}"
                                .formatted(root, second),
                        "entrepot account rotate-root-key: iam DeleteAccessKey %s {accessKeyId=%s}"
                                .formatted(root, first));
    }

    @Test
    void what_is_refused_is_not_told() throws IOException {
        start("{}");
        deeds.clear();

        assertThatThrownBy(() -> commands()
                        .run(AccountCommands.CREATE, List.of(HOME.account().value())))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> commands().run(AccountCommands.ROTATE, List.of(OTHER)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> start(DECLARED.replace("PullOnly", "None")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no policy");

        assertThat(deeds).isEmpty();
    }

    @Test
    void arns_are_of_the_partition_that_is_configured() throws IOException {
        new AccountCommands(store, file(), HOME, keys(), InstantSource.system(), Ledger.of(audit, "cn-northwest-1"))
                .run(AccountCommands.CREATE, List.of(OTHER));

        assertThat(deeds).allSatisfy(deed -> {
            assertThat(deed.region()).isEqualTo("cn-north-1");
            assertThat(deed.act().resource()).hasToString("arn:aws-cn:iam::111122223333:root");
        });
    }

    private List<String> told() {
        return deeds.stream()
                .map(deed -> "%s: %s %s %s %s"
                        .formatted(
                                deed.by(),
                                deed.act().service(),
                                deed.act().name(),
                                deed.act().resource(),
                                new TreeMap<>(deed.act().parameters())))
                .toList();
    }

    private void start(String yaml) throws IOException {
        var config = Config.load(
                Map.of(),
                Map.of("SECRET", "first/secret".repeat(2), "NEXT", "next/secret".repeat(2)),
                Files.writeString(folder.resolve("entrepot.yaml"), yaml));
        var ledger = Ledger.of(audit, HOME.region());
        RootPrincipal.ensure(store, file(), HOME, ledger);
        new DeclaredAccounts(store, commands(), keys(), InstantSource.system(), ledger)
                .apply(config.identities().accounts());
    }

    private AccountCommands commands() {
        return new AccountCommands(
                store, file(), HOME, keys(), InstantSource.system(), Ledger.of(audit, HOME.region()));
    }

    private String rootKey() throws IOException {
        return file().read().orElseThrow().id();
    }

    private CredentialsFile file() {
        return new CredentialsFile(folder.resolve("credentials"));
    }

    private static NewKeys keys() {
        return new NewKeys(new SecureRandom());
    }
}
