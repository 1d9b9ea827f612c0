package entrepot.ecr;

import entrepot.auth.Authentication;
import entrepot.auth.Caller;
import entrepot.auth.Callers;
import entrepot.auth.sigv4.SigV4;
import entrepot.auth.sigv4.SignedRequest;
import entrepot.aws.Service;
import entrepot.domain.Content;
import entrepot.domain.EveryApiError;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.domain.StoredManifest;
import entrepot.http.HttpHandler;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.RequestContext;
import entrepot.http.body.BodyTooLargeException;
import entrepot.http.body.SignedBody;
import entrepot.http.body.Spools;
import entrepot.operation.Operation;
import entrepot.operation.Operations;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// ECR's JSON API: `POST /` with the operation in `X-Amz-Target`, as the AWS JSON 1.1 protocol has it.
///
/// A request is looked at in AWS's order: the operation's name, the signature, and only then the document. The
/// `Content-Type` is not looked at, since the target says already that it is JSON; some clients send none.
public final class EcrEndpoint implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(EcrEndpoint.class);
    private static final String JSON = "application/x-amz-json-1.1";

    /// The most that is taken, in bytes: a part of 20 MiB in Base64, with room for escapes.
    static final long LARGEST = 32L << 20;

    private final SigV4 signatures;
    private final Callers callers;
    private final Operations operations;
    private final Service service;
    private final Spools spools;
    private final EcrJson json;

    /// @param spools for bodies that are not proven yet, and for answers
    public EcrEndpoint(SigV4 signatures, Callers callers, Operations operations, Service service, Spools spools) {
        this.signatures = signatures;
        this.callers = callers;
        this.operations = operations;
        this.service = service;
        this.spools = spools;
        this.json = new EcrJson(service.model());
    }

    /// Whether a request is meant for this API, wherever it is sent.
    public static boolean speaks(HttpRequest request) {
        return request.headers().first("X-Amz-Target").isPresent()
                || request.headers().hasContentType(JSON);
    }

    /// Answers a request that is meant for this API and was sent elsewhere. Must be called within a request.
    ///
    /// @param why tells where the API is
    public static HttpResponse astray(String why) {
        return refusal(new EcrError(404, "UnknownOperationException", why))
                .with("x-amzn-RequestId", RequestContext.current().id().toString());
    }

    /// Must be called within a request, whose id the answer names.
    @Override
    public HttpResponse handle(HttpRequest request) throws IOException {
        var requestId = RequestContext.current().id().toString();
        return answer(request, requestId).with("x-amzn-RequestId", requestId);
    }

    /// Of what was not foreseen the log is told everything, and the client nothing.
    private HttpResponse answer(HttpRequest request, String requestId) throws IOException {
        try {
            return HttpResponse.of(200).withBody(JSON, result(request));
        } catch (EcrException e) {
            return refusal(e.error());
        } catch (RegistryException e) {
            return refusal(EcrErrors.of(e.error()));
        } catch (StoredManifest.Gone e) {
            return refusal(EcrErrors.of(new EveryApiError.Throttling()));
        } catch (RuntimeException | Error e) {
            LOG.error("request {} failed", requestId, e);
            return refusal(EcrError.INTERNAL);
        }
    }

    private static HttpResponse refusal(EcrError error) {
        return HttpResponse.of(error.status()).withBody(JSON, EcrJson.of(error));
    }

    private Content result(HttpRequest request) throws IOException {
        var name = operationName(request);
        var entry = service.find(name).orElseThrow(EcrError::unknownOperation);
        var signed = signed(signatures.check(head(request), service.name()), name, request);
        try (var body = received(request.body())) {
            var proven = proven(signed.complete(body.sha256(), body.length()), name, request);
            return switch (entry) {
                case Service.Entry.Built(var operation) -> call(caller(proven, request), operation, body);
                case Service.Entry.NotBuilt _ -> throw EcrError.notImplemented(name);
            };
        }
    }

    private SignedBody received(Content body) throws IOException {
        try {
            return SignedBody.receive(body, LARGEST, spools.forBody());
        } catch (BodyTooLargeException e) {
            throw EcrError.tooLarge(LARGEST);
        }
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

    private Caller caller(Authentication.Proven proven, HttpRequest request) {
        return callers.ofApi(proven, request.calledAs(), request.origin());
    }

    private String operationName(HttpRequest request) {
        var prefix = service.model().target() + ".";
        var targets = request.headers().all("X-Amz-Target");
        if (targets.size() != 1 || !targets.getFirst().startsWith(prefix)) {
            throw EcrError.unknownOperation();
        }
        return targets.getFirst().substring(prefix.length());
    }

    private SigV4.Head.Signed signed(SigV4.Head head, String name, HttpRequest request) {
        return switch (head) {
            case SigV4.Head.Signed signed -> signed;
            case SigV4.Head.Refused(var why) -> throw notAuthenticated(why, name, request);
        };
    }

    private Authentication.Proven proven(Authentication authentication, String name, HttpRequest request) {
        if (authentication instanceof Authentication.Proven proven) {
            return proven;
        }
        throw notAuthenticated(authentication, name, request);
    }

    /// Nobody who brings nothing has failed.
    private EcrException notAuthenticated(Authentication why, String name, HttpRequest request) {
        if (why instanceof Authentication.Rejected rejected) {
            operations.turnedAway(request.origin(), service.name(), name, rejected.type());
        }
        return EcrError.notAuthenticated(why);
    }

    /// The memory that is lent for it waits for no client: its body has come, and its answer goes to a spool.
    private <I, O> Content call(Caller caller, Operation<I, O> operation, SignedBody body) throws IOException {
        var memory = json.memory(operation.name(), body.length()) + operation.memory(body.length());
        try (var _ = spools.memory().reserve(memory)) {
            var input = json.read(operation.name(), InputRecord.typeOf(operation), body::open);
            return document(operation.name(), operations.call(caller, Law.ECR, operation, input));
        }
    }

    private Content document(String operation, Object output) {
        var document = spools.forAnswer();
        try {
            json.write(operation, output, document);
            return document.content();
        } catch (RuntimeException | Error e) {
            document.close();
            throw e;
        }
    }
}
