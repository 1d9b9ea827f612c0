package entrepot.operation.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Access;
import entrepot.auth.Caller;
import entrepot.auth.KnownKeys;
import entrepot.auth.KnownPolicies;
import entrepot.auth.token.RegistryTokens;
import entrepot.auth.token.ServerSecrets;
import entrepot.domain.AccountId;
import entrepot.domain.Law;
import entrepot.domain.RegistryAddress;
import entrepot.operation.AuditTrail;
import entrepot.operation.Operations;
import entrepot.operation.World;
import entrepot.operation.replication.ReplicationConfiguration;
import entrepot.store.AccessKeys.AccessKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GetAuthorizationTokenTest {

    @AutoClose
    private final World world = World.withApp();

    private final RegistryTokens tokens = new RegistryTokens(
            new ServerSecrets(world.metadata, "tokens", Duration.ofHours(12), world.clock, new SecureRandom()),
            new KnownKeys(world.metadata, world.clock),
            Duration.ofHours(12));
    private final GetAuthorizationToken operation = new GetAuthorizationToken(tokens, world.clock);

    @BeforeEach
    void make_the_callers_key() {
        var principal = world.root.principal();
        world.metadata.transact(tx -> {
            tx.accessKeys()
                    .create(AccessKey.ofRoot(principal.accessKeyId(), "secret", principal.account(), Instant.EPOCH));
            return principal;
        });
    }

    @Test
    void a_login_is_the_user_aws_and_a_password_good_for_twelve_hours() {
        var login = tokens(world.root, null).getFirst();
        var parts = new String(Base64.getDecoder().decode(login.authorizationToken()), UTF_8).split(":", -1);
        var now = world.clock.instant();

        assertThat(parts).hasSize(2).startsWith("AWS");
        assertThat(login.proxyEndpoint()).isEqualTo("http://localhost:5000");
        assertThat(login.expiresAt()).isEqualTo(now.plus(Duration.ofHours(12)));
        assertThat(tokens.verify(parts[0], parts[1], now))
                .isEqualTo(new RegistryTokens.Verification.Valid(world.root.principal(), World.ID, login.expiresAt()));
        assertThat(tokens.verify(parts[0], parts[1], login.expiresAt().plusMillis(1)))
                .isEqualTo(new RegistryTokens.Verification.Expired());
        assertThat(login).asString().doesNotContain(login.authorizationToken());
    }

    @Test
    void registry_ids_only_multiply_the_answer() {
        var host = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
        var caller = new Caller(world.root.principal(), World.ID, new RegistryAddress("https", host), World.ORIGIN);

        assertThat(tokens(caller, List.of(World.ID.account(), World.STRANGER)))
                .extracting(GetAuthorizationToken.AuthorizationData::proxyEndpoint)
                .containsExactly(
                        "https://123456789012.dkr.ecr.eu-west-1.amazonaws.com",
                        "https://999999999999.dkr.ecr.eu-west-1.amazonaws.com");
        assertThat(tokens(caller, null)).hasSize(1);
    }

    @Test
    void a_registry_has_no_rules_of_replication() {
        assertThat(world.call(new DescribeRegistry(world.metadata), new DescribeRegistry.Input()))
                .isEqualTo(new DescribeRegistry.Output(World.ID.account(), new ReplicationConfiguration(List.of())));
    }

    private List<GetAuthorizationToken.AuthorizationData> tokens(Caller caller, @Nullable List<AccountId> registryIds) {
        return new Operations(new Access(new KnownPolicies(world.metadata, world.clock), world.clock), AuditTrail.NONE)
                .call(caller, Law.ECR, operation, new GetAuthorizationToken.Input(registryIds))
                .authorizationData();
    }
}
