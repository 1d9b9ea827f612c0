package entrepot.upstream;

import entrepot.upstream.Tokens.Token;
import entrepot.upstream.wire.Connections;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What is sent as `Authorization` to one registry: what worked before, and what its challenges ask for.
final class Proof {

    private static final int REMEMBERED = 1_000;
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final Login login;
    private final Realms realms;
    private final Tokens tokens;
    private final Connections connections;
    private final InstantSource clock;
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<String, Token> byScope = new HashMap<>();
    private @Nullable TokenServer server;
    private Login.@Nullable Password basic;
    private Login.@Nullable Issued issued;

    private record TokenServer(URI realm, @Nullable String service) {}

    Proof(Login login, Realms realms, Connections connections, InstantSource clock) {
        this.login = login;
        this.realms = realms;
        this.connections = connections;
        this.tokens = new Tokens(connections, clock);
        this.clock = clock;
    }

    /// What to send at once; empty where it is not known yet whether anything is wanted.
    ///
    /// @param scope of Docker's scheme, such as `repository:library/app:pull`; empty for none
    Optional<String> before(String scope) throws UpstreamException {
        enter();
        try {
            return known(scope);
        } finally {
            turn.unlock();
        }
    }

    /// One thread fetches what all wait for; one that is interrupted waits no longer.
    private void enter() throws UpstreamException {
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpstreamException(new Failure.Unavailable(), "interrupted", e);
        }
    }

    private Optional<String> known(String scope) throws UpstreamException {
        if (login instanceof Login.Ecr ecr) {
            return Optional.of(Tokens.basic(issued(ecr)));
        }
        if (server != null) {
            return Optional.of("Bearer " + token(server, scope).text());
        }
        return Optional.ofNullable(basic).map(Tokens::basic);
    }

    /// What to send after a challenge.
    ///
    /// @param sent what was refused with it; empty for nothing
    /// @throws UpstreamException if it asks for what we have not, or for what it had already
    String after(List<String> challenges, Optional<String> sent, String scope) throws UpstreamException {
        enter();
        try {
            return answered(challenges, sent, scope);
        } finally {
            turn.unlock();
        }
    }

    private String answered(List<String> challenges, Optional<String> sent, String scope) throws UpstreamException {
        var all = Challenge.parse(challenges);
        var bearer = Challenge.of(all, "bearer");
        if (bearer.isPresent() && !(login instanceof Login.Ecr)) {
            return "Bearer " + renewed(bearer.get(), sent, scope).text();
        }
        if (Challenge.of(all, "basic").isEmpty()) {
            throw UpstreamException.denied("it answers 401 without a challenge that could be met");
        }
        var header = Tokens.basic(passwordAfresh());
        if (sent.isPresent() && sent.get().equals(header)) {
            throw UpstreamException.denied("it does not take the login");
        }
        return header;
    }

    private Token renewed(Challenge bearer, Optional<String> sent, String scope) throws UpstreamException {
        var realm = realms.require(bearer.parameter("realm").orElse(""));
        server = new TokenServer(realm, bearer.parameter("service").orElse(null));
        var known = byScope.get(scope);
        if (known != null && sent.isPresent() && sent.get().equals("Bearer " + known.text())) {
            byScope.remove(scope);
        }
        return token(server, scope);
    }

    private Token token(TokenServer from, String scope) throws UpstreamException {
        var known = byScope.get(scope);
        if (known != null && clock.instant().isBefore(known.until())) {
            return known;
        }
        var token = tokens.fetch(from.realm(), from.service(), scope, login);
        if (byScope.size() >= REMEMBERED) {
            byScope.clear();
        }
        byScope.put(scope, token);
        return token;
    }

    private Login.Password passwordAfresh() throws UpstreamException {
        return switch (login) {
            case Login.Password password -> {
                basic = password;
                yield password;
            }
            case Login.Ecr ecr -> {
                issued = null;
                yield issued(ecr);
            }
            case Login.Anonymous _ -> throw UpstreamException.denied("it asks for a login");
            case Login.IdentityToken _ ->
                throw UpstreamException.denied("it asks for a password, and there is an identity token only");
        };
    }

    private Login.Password issued(Login.Ecr ecr) throws UpstreamException {
        var known = issued;
        if (known == null || !clock.instant().isBefore(known.until().minus(MARGIN))) {
            known = new EcrApi(ecr, connections).authorizationToken();
            issued = known;
        }
        return known.password();
    }
}
