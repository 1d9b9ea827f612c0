package entrepot.aws.protocol;

import entrepot.auth.Authentication;
import entrepot.auth.Caller;
import entrepot.auth.Callers;
import entrepot.auth.sigv4.ClaimedRequest;
import entrepot.auth.sigv4.SigV4;
import entrepot.auth.sigv4.SignedRequest;
import entrepot.aws.Calls;
import entrepot.aws.Service;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.body.BodyTooLargeException;
import entrepot.http.body.SignedBody;
import entrepot.http.body.Spools;
import java.io.IOException;

/// Proves a request of one of AWS's APIs by its signature, before anything of its body is believed. First the head,
/// then the whole body, which is hashed as it comes.
///
/// @param spools for bodies that are not proven yet, and for answers
public record SignedCalls(SigV4 signatures, Callers callers, Calls calls, Spools spools) {

    /// A request, as far as its head says what it is.
    ///
    /// @param name of the operation, for the audit
    /// @param most that its body may have, in bytes
    public record Asked(HttpRequest request, ClaimedRequest claimed, Service service, String name, long most) {}

    /// What is done with a request that is proven.
    @FunctionalInterface
    public interface Proven {

        /// The answer to whoever sent it.
        ///
        /// @param body closed afterwards
        HttpResponse answer(Caller caller, SignedBody body) throws IOException;
    }

    /// What the head claims of its signature.
    public static ClaimedRequest claimed(HttpRequest request) {
        var headers = request.headers().lines().stream()
                .map(line -> new SignedRequest.Header(line.name(), line.value()))
                .toList();
        var otherHosts = request.client().otherHosts();
        return ClaimedRequest.of(
                new SignedRequest(request.method(), request.path(), request.query(), headers, otherHosts));
    }

    /// Proves the request, and only then has it answered.
    ///
    /// @throws ApiException in the words of this dialect if nobody is proven, or the body is too large
    /// @throws IOException if the client went away or its body broke off
    public HttpResponse answer(Asked asked, Dialect dialect, Proven then) throws IOException {
        var signed = signed(asked, dialect);
        try (var body = body(asked, dialect)) {
            return then.answer(caller(signed.complete(body.sha256(), body.length()), asked, dialect), body);
        }
    }

    private SigV4.Head.Signed signed(Asked asked, Dialect dialect) {
        return switch (signatures.check(asked.claimed(), asked.service().name())) {
            case SigV4.Head.Signed signed -> signed;
            case SigV4.Head.Refused(var why) -> throw refusal(why, asked, dialect);
        };
    }

    private SignedBody body(Asked asked, Dialect dialect) throws IOException {
        try {
            return SignedBody.receive(asked.request().body(), asked.most(), spools.forBody());
        } catch (BodyTooLargeException e) {
            throw dialect.tooLarge(asked.most()).exception();
        }
    }

    private Caller caller(Authentication found, Asked asked, Dialect dialect) {
        if (found instanceof Authentication.Proven proven) {
            var request = asked.request();
            return callers.ofApi(proven, request.calledAs(), request.origin());
        }
        throw refusal(found, asked, dialect);
    }

    /// Nobody who brings nothing has failed.
    private ApiException refusal(Authentication why, Asked asked, Dialect dialect) {
        return switch (why) {
            case Authentication.Missing _ -> dialect.missing().exception();
            case Authentication.Rejected rejected -> {
                calls.turnedAway(asked.request().origin(), asked.service(), asked.name(), rejected.type());
                yield dialect.rejected(rejected).exception();
            }
            case Authentication.Proven _ -> throw new IllegalStateException("nothing is wrong with it");
        };
    }
}
