package entrepot.iam;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.auth.Authentication;
import entrepot.auth.Caller;
import entrepot.auth.Callers;
import entrepot.auth.sigv4.SigV4;
import entrepot.auth.sigv4.SignedRequest;
import entrepot.aws.Service;
import entrepot.domain.Content;
import entrepot.domain.Digest.Algorithm;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.http.Bodies;
import entrepot.http.BodyTooLargeException;
import entrepot.http.HttpHandler;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.RequestContext;
import entrepot.operation.Operation;
import entrepot.operation.Operations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// IAM's and STS's API: `POST /` with a form, as the AWS Query protocol has it. Which of the two a request means is
/// looked at where it is signed, in its credential's scope, and again where it says so, in `Version`.
public final class QueryEndpoint implements HttpHandler {

    /// The most that is taken, in bytes: a policy's longest document, with every character escaped.
    static final long LARGEST = 1L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(QueryEndpoint.class);
    /// The name of an operation that is not known, in the audit.
    private static final String UNTOLD = "Unknown";

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern STS_SCOPE = Pattern.compile("Credential=[^, ]*/sts/aws4_request(,|\\s|$)");

    private final SigV4 signatures;
    private final Callers callers;
    private final Operations operations;
    private final Service iam;
    private final Service sts;

    public QueryEndpoint(SigV4 signatures, Callers callers, Operations operations, Service iam, Service sts) {
        this.signatures = signatures;
        this.callers = callers;
        this.operations = operations;
        this.iam = iam;
        this.sts = sts;
    }

    /// Whether a request is one of the Query protocol: it has a form, and names no target as the JSON protocol does.
    public static boolean takes(HttpRequest request) {
        return request.method().equals("POST")
                && request.path().equals("/")
                && request.headers().first("X-Amz-Target").isEmpty()
                && request.headers()
                        .first("Content-Type")
                        .filter(type -> type.startsWith(FORM))
                        .isPresent();
    }

    /// Must be called within a request, whose id the answer names.
    @Override
    public HttpResponse handle(HttpRequest request) throws IOException {
        var requestId = RequestContext.current().id().toString();
        var api = signedFor(request);
        return answer(request, api, requestId).with("x-amzn-RequestId", requestId);
    }

    /// Of what was not foreseen the log is told everything, and the client nothing.
    private HttpResponse answer(HttpRequest request, Service api, String requestId) throws IOException {
        try {
            return HttpResponse.of(200).withBody("text/xml", result(request, api, requestId));
        } catch (QueryException e) {
            return refusal(api, e.error(), requestId);
        } catch (RegistryException e) {
            return refusal(api, QueryErrors.of(e.error()), requestId);
        } catch (RuntimeException | Error e) {
            LOG.error("request {} failed", requestId, e);
            return refusal(api, QueryError.INTERNAL, requestId);
        }
    }

    private static HttpResponse refusal(Service api, QueryError error, String requestId) {
        return HttpResponse.of(error.status()).withBody("text/xml", QueryXml.refusal(api, error, requestId));
    }

    private Content result(HttpRequest request, Service api, String requestId) throws IOException {
        var signed = signed(signatures.check(head(request), api.name()), api, request);
        var body = body(request);
        var proven = proven(signed.complete(sha256(body)), api, request);
        var form = Form.parse(new String(body, UTF_8));
        var action = form.find("Action").orElseThrow(QueryError::missingAction);
        var operation = entry(api, action, form.find("Version").orElse(""));
        var caller = callers.ofApi(proven, request.calledAs(), request.origin());
        return switch (operation) {
            case Service.Entry.Built(var built) ->
                QueryXml.answer(api, action, call(caller, api, built, form), requestId);
            case Service.Entry.NotBuilt _ -> throw QueryError.notImplemented(action);
        };
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

    private Service signedFor(HttpRequest request) {
        var authorization = request.headers().first("Authorization").orElse("");
        return STS_SCOPE.matcher(authorization).find() ? sts : iam;
    }

    private static SignedRequest head(HttpRequest request) {
        var headers = request.headers().lines().stream()
                .map(line -> new SignedRequest.Header(line.name(), line.value()))
                .toList();
        return new SignedRequest(request.method(), request.path(), request.query(), headers);
    }

    private static byte[] body(HttpRequest request) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try {
            Bodies.receive(request.body(), LARGEST, Channels.newChannel(bytes));
        } catch (BodyTooLargeException e) {
            throw QueryError.tooLarge(LARGEST);
        }
        return bytes.toByteArray();
    }

    private static String sha256(byte[] body) {
        return HexFormat.of().formatHex(Algorithm.SHA256.newComputation().digest(body));
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
