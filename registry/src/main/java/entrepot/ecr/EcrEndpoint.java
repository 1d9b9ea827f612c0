package entrepot.ecr;

import entrepot.auth.Authentication;
import entrepot.auth.Caller;
import entrepot.domain.Content;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.http.HttpHandler;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.operation.Catalogue;
import entrepot.operation.Operation;
import entrepot.operation.Operations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// ECR's JSON API: `POST /` with the operation in `X-Amz-Target`, as the AWS JSON 1.1 protocol has it.
///
/// A request is looked at in AWS's order: the operation's name, the signature, and only then the document. The
/// `Content-Type` is not looked at, since the target says already that it is JSON; some clients send none.
public final class EcrEndpoint implements HttpHandler {

    /// Makes the caller of whom the signature names.
    @FunctionalInterface
    public interface Callers {
        Caller of(Authentication.Proven proven, HttpRequest request);
    }

    private static final Logger LOG = LoggerFactory.getLogger(EcrEndpoint.class);
    private static final String JSON = "application/x-amz-json-1.1";

    /// What one large document takes of the heap while it is read: 4 MiB of manifest, as text and as bytes.
    private static final long LARGE_DOCUMENT = 32L << 20;

    private final Signatures signatures;
    private final Callers callers;
    private final Operations operations;
    private final Catalogue catalogue;
    private final SpoolFolder spool;
    private final EcrModel model = EcrModel.load();
    private final EcrJson json = new EcrJson(model);
    private final Semaphore largeDocuments = new Semaphore(largeDocuments(), true);

    /// @param spool the folder for bodies too large for memory; made when needed
    public EcrEndpoint(Signatures signatures, Callers callers, Operations operations, Catalogue catalogue, Path spool) {
        this(signatures, callers, operations, catalogue, SpoolFolder.in(spool));
    }

    EcrEndpoint(Signatures signatures, Callers callers, Operations operations, Catalogue catalogue, SpoolFolder spool) {
        this.signatures = signatures;
        this.callers = callers;
        this.operations = operations;
        this.catalogue = catalogue;
        this.spool = spool;
    }

    private static int largeDocuments() {
        return (int) Math.max(1, Runtime.getRuntime().maxMemory() / 2 / LARGE_DOCUMENT);
    }

    @Override
    public HttpResponse handle(HttpRequest request) throws IOException {
        var requestId = UUID.randomUUID().toString();
        return answer(request, requestId).with("x-amzn-RequestId", requestId);
    }

    @SuppressWarnings("OverlyBroadCatch") // whatever went wrong, the client is told nothing of it, and the log all
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
        var entry = catalogue.find(name).orElseThrow(EcrError::unknownOperation);
        var signed = signed(signatures.check(request));
        try (var body = RequestBody.receive(request.body(), spool)) {
            var caller = callers.of(proven(signed.complete(body.sha256())), request);
            return switch (entry) {
                case Catalogue.Entry.Built(var operation) -> call(caller, operation, body);
                case Catalogue.Entry.NotBuilt _ -> throw EcrError.notImplemented(name);
            };
        }
    }

    private String operationName(HttpRequest request) {
        var prefix = model.target() + ".";
        return request.headers()
                .first("X-Amz-Target")
                .filter(target -> target.startsWith(prefix))
                .map(target -> target.substring(prefix.length()))
                .orElseThrow(EcrError::unknownOperation);
    }

    private static Signatures.Head.Signed signed(Signatures.Head head) {
        return switch (head) {
            case Signatures.Head.Signed signed -> signed;
            case Signatures.Head.Refused(var why) -> throw EcrError.notAuthenticated(why);
        };
    }

    private static Authentication.Proven proven(Authentication authentication) {
        if (authentication instanceof Authentication.Proven proven) {
            return proven;
        }
        throw EcrError.notAuthenticated(authentication);
    }

    private <I, O> Content call(Caller caller, Operation<I, O> operation, RequestBody body) throws IOException {
        if (!body.isLarge() || json.leavesBytesInDocuments(operation.name())) {
            return run(caller, operation, body);
        }
        largeDocuments.acquireUninterruptibly();
        try {
            return run(caller, operation, body);
        } finally {
            largeDocuments.release();
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
