package entrepot.ecr;

import entrepot.auth.Authentication;
import entrepot.auth.Caller;
import entrepot.auth.Callers;
import entrepot.auth.sigv4.SigV4;
import entrepot.auth.sigv4.SignedRequest;
import entrepot.aws.Service;
import entrepot.domain.Content;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.http.HttpHandler;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.MemoryBudget;
import entrepot.http.RequestContext;
import entrepot.http.Spool;
import entrepot.http.SpoolFolder;
import entrepot.operation.Operation;
import entrepot.operation.Operations;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// ECR's JSON API: `POST /` with the operation in `X-Amz-Target`, as the AWS JSON 1.1 protocol has it.
///
/// A request is looked at in AWS's order: the operation's name, the signature, and only then the document. The
/// `Content-Type` is not looked at, since the target says already that it is JSON; some clients send none.
public final class EcrEndpoint implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(EcrEndpoint.class);
    private static final String JSON = "application/x-amz-json-1.1";

    private final SigV4 signatures;
    private final Callers callers;
    private final Operations operations;
    private final Service service;
    private final MemoryBudget budget;
    private final SpoolFolder spool;
    private final EcrJson json;

    /// @param spool the folder for what is too large for memory; made when needed
    public EcrEndpoint(
            SigV4 signatures,
            Callers callers,
            Operations operations,
            Service service,
            MemoryBudget budget,
            Path spool) {
        this(signatures, callers, operations, service, budget, SpoolFolder.in(spool));
    }

    EcrEndpoint(
            SigV4 signatures,
            Callers callers,
            Operations operations,
            Service service,
            MemoryBudget budget,
            SpoolFolder spool) {
        this.signatures = signatures;
        this.callers = callers;
        this.operations = operations;
        this.service = service;
        this.budget = budget;
        this.spool = spool;
        this.json = new EcrJson(service.model());
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
        try (var body = RequestBody.receive(request.body(), spool)) {
            var proven = proven(signed.complete(body.sha256()), name, request);
            return switch (entry) {
                case Service.Entry.Built(var operation) -> call(caller(proven, request), operation, body);
                case Service.Entry.NotBuilt _ -> throw EcrError.notImplemented(name);
            };
        }
    }

    private static SignedRequest head(HttpRequest request) {
        var headers = request.headers().lines().stream()
                .map(line -> new SignedRequest.Header(line.name(), line.value()))
                .toList();
        return new SignedRequest(request.method(), request.path(), request.query(), headers);
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

    private <I, O> Content call(Caller caller, Operation<I, O> operation, RequestBody body) throws IOException {
        if (!body.isLarge() || json.leavesBytesInDocuments(operation.name())) {
            return run(caller, operation, body);
        }
        try (var _ = budget.reserve(body.announced())) {
            return run(caller, operation, body);
        }
    }

    private <I, O> Content run(Caller caller, Operation<I, O> operation, RequestBody body) throws IOException {
        var input = json.read(operation.name(), InputRecord.typeOf(operation), body);
        var output = operations.call(caller, Law.ECR, operation, input);
        var document = new Spool(spool);
        json.write(operation.name(), output, document);
        return document.content();
    }
}
