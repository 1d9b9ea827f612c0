package entrepot.operation.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.auth.token.RegistryTokens;
import entrepot.domain.AccountId;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A password for `docker login`. `registryIds`, which ECR deprecates, only multiplies the answer. Source: ECR API,
/// GetAuthorizationToken.
public final class GetAuthorizationToken
        implements Operation<GetAuthorizationToken.Input, GetAuthorizationToken.Output> {

    public record Input(@Nullable List<AccountId> registryIds) {}

    public record Output(List<AuthorizationData> authorizationData) {}

    /// One login.
    ///
    /// @param authorizationToken Base64 of user, colon and password
    public record AuthorizationData(String authorizationToken, Instant expiresAt, String proxyEndpoint) {
        /// Without the token, so that no log can hold it.
        @Override
        public String toString() {
            return "AuthorizationData[" + proxyEndpoint + " until " + expiresAt + "]";
        }
    }

    private final RegistryTokens tokens;
    private final InstantSource clock;

    GetAuthorizationToken(RegistryTokens tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return Permissions.ofCaller(caller, name());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var issued = tokens.issue(caller.principal(), caller.registry(), clock.instant());
        var login = (RegistryTokens.USER + ":" + issued.token()).getBytes(UTF_8);
        var token = Base64.getEncoder().encodeToString(login);
        var ids = input.registryIds() == null ? List.of(caller.registry().account()) : input.registryIds();
        return new Output(ids.stream()
                .map(id -> new AuthorizationData(token, issued.expiresAt(), endpoint(caller, id)))
                .toList());
    }

    /// An address of ECR's form names the account; any other serves all of them.
    private static String endpoint(Caller caller, AccountId registryId) {
        var own = caller.registry().account() + ".";
        var host = caller.address().host();
        return caller.address().scheme() + "://"
                + (host.startsWith(own) ? registryId + "." + host.substring(own.length()) : host);
    }
}
