package entrepot.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.auth.NewKeys;
import entrepot.config.Config;
import entrepot.config.ConfigException;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.CustomerPolicy;
import entrepot.domain.Partition;
import entrepot.domain.UserName;
import entrepot.folder.CredentialsFile;
import entrepot.operation.AuditTrail;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import entrepot.store.TestStores;
import entrepot.store.Users.InlinePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeclaredAccountsTest {

    private static final AccountId ACCOUNT = new AccountId("111122223333");
    private static final Arn PULL = new Arn("arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly");
    private static final Arn PUSH = new Arn("arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser");
    private static final String DOCUMENT =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecr:*\",\"Resource\":\"*\"}]}";
    private static final String DECLARED = """
            accounts:
              - id: "111122223333"
                users:
                  - name: ci
                    path: /bots/
                    policies: [arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly]
                    inline-policies:
                      - name: push
                        document: '%s'
                    access-key: {id: AKIAAAAAAAAAAAAAAAAA, secret-env: CI_SECRET}
                  - name: bare
            """.formatted(DOCUMENT);

    private static final String NEW = "new/secret".repeat(2);

    @TempDir
    Path folder;

    private final MetadataStore store = TestStores.metadata();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void what_is_declared_is_made_and_made_so_again() throws IOException {
        apply(DECLARED);
        var key = new CredentialsFile(folder.resolve("credentials")).read(ACCOUNT.value());
        apply(DECLARED);

        assertThat(new CredentialsFile(folder.resolve("credentials")).read(ACCOUNT.value()))
                .isEqualTo(key);
        assertDeclared();
    }

    @Test
    void the_file_has_the_last_word_on_the_users_it_names_and_none_on_others() throws IOException {
        apply(DECLARED);
        store.transact(tx -> {
            var user = tx.users().find(ACCOUNT, new UserName("ci")).orElseThrow();
            tx.users().attach(user, PUSH);
            tx.users().detach(user, PULL);
            tx.users().putPolicy(user, new InlinePolicy("push", "{}"));
            tx.users().putPolicy(user, new InlinePolicy("more", "{}"));
            tx.accessKeys().create(new AccessKey("AKIAOWN", "own", ACCOUNT, user, true, user.createdAt()));
            return user;
        });

        apply(DECLARED);
        assertDeclared();
        assertThat(store.<Boolean>read(tx -> tx.accessKeys().find("AKIAOWN").isPresent()))
                .isTrue();

        apply("accounts: []");
        assertDeclared();
    }

    @Test
    void a_changed_secret_takes_the_place_of_the_old_one() throws IOException {
        apply(DECLARED);
        Files.writeString(folder.resolve("secret"), NEW + "\n");

        apply(DECLARED.replace("secret-env: CI_SECRET", "secret-file: '%s'".formatted(folder.resolve("secret"))));

        assertThat(store.<String>read(tx -> tx.accessKeys()
                        .find("AKIAAAAAAAAAAAAAAAAA")
                        .orElseThrow()
                        .secret()))
                .isEqualTo(NEW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "  \n\n", " nineteen-characters\n"})
    void a_secret_in_a_file_is_as_long_as_one_in_a_variable(String text) throws IOException {
        var file = Files.writeString(folder.resolve("secret"), text);

        assertThatThrownBy(() -> apply(DECLARED.replace("secret-env: CI_SECRET", "secret-file: '%s'".formatted(file))))
                .isInstanceOf(ConfigException.class)
                .hasMessageEndingWith(
                        ": accounts.0.users.0.access-key.secret-file: the secret has fewer than 20 characters");
    }

    @Test
    void blanks_around_a_secret_are_none_of_it_wherever_it_stands() throws IOException {
        apply(DECLARED.replace("CI_SECRET", "PADDED"));

        assertThat(store.<String>read(tx -> tx.accessKeys()
                        .find("AKIAAAAAAAAAAAAAAAAA")
                        .orElseThrow()
                        .secret()))
                .isEqualTo(NEW);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "111122223333"    | 1                 | accounts.0.id: 1 is not allowed; it must be twelve digits
            path: /bots/      | paht: /           | unknown key: accounts.0.users.0.paht
            path: /bots/      | path: bots        | accounts.0.users.0.path: bots is not allowed
            name: bare        | path: /           | accounts.0.users.1.name is missing
            name: bare        | name: a b         | accounts.0.users.1.name: a b is not allowed
            CI_SECRET         | NOT_SET           | accounts.0.users.0.access-key.secret-env: NOT_SET is not set
            CI_SECRET         | EMPTY             | secret-env: the secret has fewer than 20 characters
            CI_SECRET         | BLANK             | secret-env: the secret has fewer than 20 characters
            CI_SECRET         | SHORT             | secret-env: the secret has fewer than 20 characters
            secret-env        | secret            | accounts.0.users.0.access-key.secret-file is missing
            secret-env        | secret-file       | accounts.0.users.0.access-key.secret-file: CI_SECRET cannot be read
            PullOnly          | None              | there is no policy arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryNone
            "Effect":"Allow"  | "Effect":"Maybe"  | accounts.0.users.0.inline-policies.0:
            """)
    void what_cannot_be_made_is_refused_by_name(String good, String bad, String message) {
        assertThat(DECLARED).contains(good);

        assertThatThrownBy(() -> apply(DECLARED.replace(good, bad)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_policy_of_another_account_is_none_here() throws IOException {
        apply("accounts: [{id: \"999999999999\"}, {id: \"111122223333\"}]");
        store.transact(tx -> {
            tx.policies().create(policy(new AccountId("999999999999"), "theirs"), DOCUMENT);
            tx.policies().create(policy(ACCOUNT, "ours"), DOCUMENT);
            return tx;
        });
        var theirs = DECLARED.replace(
                PULL.value(),
                policy(new AccountId("999999999999"), "theirs")
                        .arn(Partition.AWS)
                        .value());

        assertThatThrownBy(() -> apply(theirs))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no policy arn:aws:iam::999999999999:policy/theirs");
        apply(theirs.replace("999999999999:policy/theirs", ACCOUNT + ":policy/ours"));
    }

    private static CustomerPolicy policy(AccountId account, String name) {
        return new CustomerPolicy("ANPA" + name, account, "/", name, null, 1, 1, Instant.EPOCH, Instant.EPOCH);
    }

    private void assertDeclared() {
        store.read(tx -> {
            var user = tx.users().find(ACCOUNT, new UserName("ci")).orElseThrow();
            assertThat(user.path()).isEqualTo("/bots/");
            assertThat(tx.users().attached(user)).containsExactly(PULL);
            assertThat(tx.users().policies(user, null, 9)).containsExactly(new InlinePolicy("push", DOCUMENT));
            assertThat(tx.accessKeys()
                            .find("AKIAAAAAAAAAAAAAAAAA")
                            .orElseThrow()
                            .user())
                    .isEqualTo(user);
            return user;
        });
    }

    private void apply(String yaml) throws IOException {
        var file = Files.writeString(folder.resolve("entrepot.yaml"), yaml);
        var config = Config.load(
                Map.of(),
                Map.of(
                        "PADDED",
                        " " + NEW + "\r\n",
                        "CI_SECRET",
                        "ci/secret".repeat(3),
                        "EMPTY",
                        "",
                        "BLANK",
                        " \n",
                        "SHORT",
                        " nineteen-characters\n"),
                file);
        var keys = new NewKeys(new SecureRandom());
        var clock = InstantSource.system();
        var home = config.registries().home();
        var ledger = Ledger.of(AuditTrail.NONE, home.region());
        var credentials = new CredentialsFile(folder.resolve("credentials"));
        var commands = new AccountCommands(store, credentials, home, keys, clock, ledger);
        new DeclaredAccounts(store, commands, keys, clock, ledger)
                .apply(config.identities().accounts());
    }
}
