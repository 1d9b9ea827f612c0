package entrepot.iam;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.auth.Authentication;
import entrepot.auth.Caller;
import entrepot.auth.Callers;
import entrepot.auth.sigv4.ClaimedRequest;
import entrepot.auth.sigv4.SigV4;
import entrepot.auth.sigv4.SignedRequest;
import entrepot.aws.Service;
import entrepot.domain.Content;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.http.HttpHandler;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.Query;
import entrepot.http.RequestContext;
import entrepot.http.body.BodyTooLargeException;
import entrepot.http.body.SignedBody;
import entrepot.http.body.Spools;
import entrepot.operation.Operation;
import entrepot.operation.Operations;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// IAM's and STS's API: a form in the body of `POST /` or in the query of `GET /` or `POST /`, or in both, as the AWS
/// Query protocol has it; the answer is XML, or JSON for whoever asks for that. Which of the two a request means is
/// looked at where it is signed, in its credential's scope, and again where it says so, in `Version`.
public final class QueryEndpoint implements HttpHandler {

    /// The most that is taken, in bytes: a policy's longest document, with every character escaped.
    static final long LARGEST = 1L << 20;

    /// What a form takes in memory, in bytes for each of its own: as text, as parameters, as a tree.
    private static final int MEMORY = 12;

    /// What a page of a thousand policies takes in memory, in bytes, as records and as written.
    private static final int ANSWER = 2 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(QueryEndpoint.class);
    /// The name of an operation that is not known, in the audit.
    private static final String UNTOLD = "Unknown";

    private static final String FORM = "application/x-www-form-urlencoded";

    private final SigV4 signatures;
    private final Callers callers;
    private final Operations operations;
    private final Spools spools;
    private final Service iam;
    private final Service sts;

    /// @param spools for bodies that are not proven yet, and for answers
    public QueryEndpoint(
            SigV4 signatures, Callers callers, Operations operations, Spools spools, Service iam, Service sts) {
        this.signatures = signatures;
        this.callers = callers;
        this.operations = operations;
        this.spools = spools;
        this.iam = iam;
        this.sts = sts;
    }

    /// Whether a request is one of the Query protocol, see [#speaks], and at its place.
    public static boolean takes(HttpRequest request) {
        var method = request.method();
        return request.path().equals("/") && (method.equals("POST") || method.equals("GET")) && speaks(request);
    }

    /// Whether a request has a form, an action or a signature in its query, or a signature and no body, and names no
    /// target as the JSON protocol does.
    public static boolean speaks(HttpRequest request) {
        return request.headers().first("X-Amz-Target").isEmpty()
                && (isForm(request)
                        || Query.parse(request.query()).has("Action")
                        || ClaimedRequest.isPresigned(request.query())
                        || (request.method().equals("GET") && isSigned(request)));
    }

    /// Answers a request that is meant for these APIs and was sent elsewhere. Must be called within a request.
    ///
    /// @param why tells where the APIs are
    public HttpResponse astray(HttpRequest request, String why) {
        var requestId = RequestContext.current().id().toString();
        var api = meant(ClaimedRequest.of(head(request)), request);
        return QueryAnswer.to(request, api, requestId)
                .refusal(new QueryError(404, "InvalidAction", why))
                .with("x-amzn-RequestId", requestId);
    }

    private static boolean isForm(HttpRequest request) {
        return request.headers().hasContentType(FORM);
    }

    /// Whether a request says in a header that it is signed, by whatever service's client.
    public static boolean isSigned(HttpRequest request) {
        return request.headers()
                .first("Authorization")
                .filter(credentials -> credentials.startsWith("AWS4-"))
                .isPresent();
    }

    /// Must be called within a request, whose id the answer names.
    @Override
    public HttpResponse handle(HttpRequest request) throws IOException {
        var requestId = RequestContext.current().id().toString();
        var claimed = ClaimedRequest.of(head(request));
        var api = meant(claimed, request);
        return answer(request, claimed, QueryAnswer.to(request, api, requestId)).with("x-amzn-RequestId", requestId);
    }

    /// Of what was not foreseen the log is told everything, and the client nothing.
    private HttpResponse answer(HttpRequest request, ClaimedRequest claimed, QueryAnswer answer) throws IOException {
        try {
            return result(request, claimed, answer);
        } catch (QueryException e) {
            return answer.refusal(e.error());
        } catch (RegistryException e) {
            return answer.refusal(QueryErrors.of(e.error()));
        } catch (RuntimeException | Error e) {
            LOG.error("request {} failed", answer.requestId(), e);
            return answer.refusal(QueryError.INTERNAL);
        }
    }

    private HttpResponse result(HttpRequest request, ClaimedRequest claimed, QueryAnswer answer) throws IOException {
        var api = answer.api();
        var signed = signed(signatures.check(claimed, api.name()), api, request);
        try (var body = received(request.body())) {
            var proven = proven(signed.complete(body.sha256(), body.length()), api, request);
            var caller = callers.ofApi(proven, request.calledAs(), request.origin());
            return result(request, caller, body, answer);
        }
    }

    private HttpResponse result(HttpRequest request, Caller caller, SignedBody body, QueryAnswer answer)
            throws IOException {
        var length = body.length() + request.query().length();
        try (var _ = spools.memory().reserve(MEMORY * length + ANSWER)) {
            var text = isForm(request) ? new String(body.open().readAllBytes(), UTF_8) : "";
            var form = Form.parse(request.query(), text);
            var action = form.find("Action").orElseThrow(QueryError::missingAction);
            return switch (entry(answer.api(), action, form.find("Version").orElse(""))) {
                case Service.Entry.Built(var operation) ->
                    answer.result(action, call(caller, answer.api(), operation, form), spools);
                case Service.Entry.NotBuilt _ -> throw QueryError.notImplemented(action);
            };
        }
    }

    private Service.Entry entry(Service signedFor, String action, String version) {
        var meant = version.equals(sts.version()) ? sts : iam;
        var entry = meant.find(action).filter(_ -> meant.version().equals(version));
        if (entry.isEmpty()) {
            throw QueryError.invalidAction(action, version);
        }
        if (!meant.name().equals(signedFor.name())) {
            throw QueryError.wrongService(meant.name());
        }
        return entry.get();
    }

    private <I, O> O call(Caller caller, Service api, Operation<I, O> operation, Form form) {
        var model = api.model();
        var shape = model.structure(model.operation(operation.name()).input());
        var tree = new FormReader(model, form).structure(shape, "");
        FormCheck.check(model, shape, tree);
        return operations.call(caller, Law.ECR, operation, InputRecord.of(InputRecord.typeOf(operation), tree));
    }

    /// The one that the credential is scoped to, or without one the one that the query names.
    private Service meant(ClaimedRequest claimed, HttpRequest request) {
        var isSts = claimed.service()
                .map(sts.name()::equals)
                .orElseGet(() -> Query.parse(request.query()).all("Version").contains(sts.version()));
        return isSts ? sts : iam;
    }

    private static SignedRequest head(HttpRequest request) {
        var headers = request.headers().lines().stream()
                .map(line -> new SignedRequest.Header(line.name(), line.value()))
                .toList();
        return new SignedRequest(
                request.method(),
                request.path(),
                request.query(),
                headers,
                request.client().otherHosts());
    }

    private SignedBody received(Content body) throws IOException {
        try {
            return SignedBody.receive(body, LARGEST, spools.forBody());
        } catch (BodyTooLargeException e) {
            throw QueryError.tooLarge(LARGEST);
        }
    }

    private SigV4.Head.Signed signed(SigV4.Head head, Service api, HttpRequest request) {
        return switch (head) {
            case SigV4.Head.Signed signed -> signed;
            case SigV4.Head.Refused(var why) -> throw notAuthenticated(why, api, request);
        };
    }

    private Authentication.Proven proven(Authentication authentication, Service api, HttpRequest request) {
        if (authentication instanceof Authentication.Proven proven) {
            return proven;
        }
        throw notAuthenticated(authentication, api, request);
    }

    /// Nobody who brings nothing has failed. What was asked for stands in a body that is not believed.
    private QueryException notAuthenticated(Authentication why, Service api, HttpRequest request) {
        if (why instanceof Authentication.Rejected rejected) {
            operations.turnedAway(request.origin(), api.name(), UNTOLD, rejected.type());
        }
        return QueryError.notAuthenticated(why);
    }
}
