package entrepot.oci;

import entrepot.auth.Caller;
import entrepot.auth.Callers;
import entrepot.auth.Principal;
import entrepot.auth.token.Passwords;
import entrepot.auth.token.RegistryTokens;
import entrepot.auth.token.RegistryTokens.Verification;
import entrepot.http.HttpRequest;
import entrepot.operation.Operations;
import java.time.Instant;
import java.time.InstantSource;

/// Finds out who asks on `/v2`: HTTP Basic, and where pulls without a login may be granted, bearer tokens or nothing
/// at all. Whoever cannot be told is challenged on that very request, since some clients never ask `/v2/` first.
///
/// Source: ECR user guide, "Private registry authentication".
public final class RegistryLogin {

    private static final String SERVICE = "ecr";

    /// What the audit calls a login, which is no operation.
    private static final String EVENT = "Authenticate";

    static final OciError NOBODY = new OciError(401, "UNAUTHORIZED", "Not Authorized");
    private static final OciError WRONG =
            new OciError(401, "UNAUTHORIZED", "The user name or the authorization token is not valid here");
    private static final OciError EXPIRED =
            new OciError(401, "UNAUTHORIZED", "Your authorization token has expired. Reauthenticate and try again.");

    private final Passwords passwords;
    private final RegistryTokens tokens;
    private final Callers callers;
    private final Challenges challenges;
    private final Operations door;
    private final InstantSource clock;

    public RegistryLogin(
            Passwords passwords,
            RegistryTokens tokens,
            Callers callers,
            Challenges challenges,
            Operations door,
            InstantSource clock) {
        this.passwords = passwords;
        this.tokens = tokens;
        this.callers = callers;
        this.challenges = challenges;
        this.door = door;
        this.clock = clock;
    }

    /// Fails with an OciException that holds the challenge.
    Caller caller(HttpRequest request) {
        return switch (verify(request)) {
            case Verification.Valid login -> caller(request, login);
            case Verification.Expired _ -> throw challenges.expired(request, refused(request, EXPIRED));
            case Verification.Invalid _ -> throw challenges.of(request, refused(request, WRONG));
        };
    }

    /// A bearer token in exchange for Basic or nothing. Fails with an OciException that asks for Basic.
    RegistryTokens.Issued exchange(HttpRequest request) {
        var login = Authorization.of(request) instanceof Authorization.None ? nobody(request) : verifyBasic(request);
        return switch (login) {
            case Verification.Valid valid -> tokens.exchange(valid, clock.instant());
            case Verification.Expired _ -> throw challenges.basic(request, refused(request, EXPIRED));
            case Verification.Invalid _ -> throw challenges.basic(request, refused(request, WRONG));
        };
    }

    /// Denies what nobody may do to nobody: whoever logs in may be allowed to.
    OciError denied(HttpRequest request, OciError denial) {
        return challenges
                .of(request, new OciError(401, "UNAUTHORIZED", denial.message()))
                .error();
    }

    private Verification verify(HttpRequest request) {
        return switch (Authorization.of(request)) {
            case Authorization.None _ -> {
                if (!mayBeNobody(request) || isPing(request)) {
                    throw challenges.of(request, NOBODY);
                }
                yield nobody(request);
            }
            case Authorization.Bearer(var token)
            when challenges.givesBearers() -> tokens.verifyBearer(token, clock.instant());
            case Authorization.Bearer _, Authorization.Basic _, Authorization.Unreadable _ -> verifyBasic(request);
        };
    }

    private Verification verifyBasic(HttpRequest request) {
        return Authorization.of(request) instanceof Authorization.Basic(var user, var password)
                ? passwords.verify(user, password, challenges.registry(request), clock.instant())
                : new Verification.Invalid();
    }

    private Caller caller(HttpRequest request, Verification.Valid login) {
        if (login.principal().isAnonymous() && !mayBeNobody(request)) {
            throw challenges.of(request, NOBODY);
        }
        return callers.ofRegistry(login.principal(), login.registry(), request.calledAs(), request.origin())
                .orElseThrow(() -> challenges.of(request, refused(request, WRONG)));
    }

    private Verification nobody(HttpRequest request) {
        return new Verification.Valid(Principal.anonymous(), challenges.registry(request), Instant.MAX);
    }

    /// Nobody changes anything, whatever a policy says.
    private boolean mayBeNobody(HttpRequest request) {
        return challenges.givesBearers()
                && (request.method().equals("GET") || request.method().equals("HEAD"));
    }

    /// Clients ask it to learn how to log in, and some ask nothing else for that.
    private static boolean isPing(HttpRequest request) {
        return request.path().equals("/v2") || request.path().equals("/v2/");
    }

    private OciError refused(HttpRequest request, OciError error) {
        door.turnedAway(request.origin(), SERVICE, EVENT, error.equals(EXPIRED) ? "ExpiredToken" : "InvalidToken");
        return error;
    }
}
