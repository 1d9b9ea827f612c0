package entrepot.iam;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.auth.Caller;
import entrepot.auth.sigv4.ClaimedRequest;
import entrepot.aws.Service;
import entrepot.aws.protocol.Answers;
import entrepot.aws.protocol.InputRecord;
import entrepot.aws.protocol.SignedCalls;
import entrepot.http.HttpHandler;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.Query;
import entrepot.http.body.SignedBody;
import entrepot.operation.Operation;
import java.io.IOException;

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

    /// The name of an operation in the audit, while its body is not believed.
    private static final String UNTOLD = "Unknown";

    private static final String FORM = "application/x-www-form-urlencoded";

    private final SignedCalls signed;
    private final Service iam;
    private final Service sts;

    public QueryEndpoint(SignedCalls signed, Service iam, Service sts) {
        this.signed = signed;
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
        var answer = QueryAnswer.to(request, meant(SignedCalls.claimed(request), request));
        return new Answers(QueryErrors.WORDS, answer::refusal).refusing(QueryErrors.invalidAction(why));
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
        var claimed = SignedCalls.claimed(request);
        var answer = QueryAnswer.to(request, meant(claimed, request));
        var asked = new SignedCalls.Asked(request, claimed, answer.api(), UNTOLD, LARGEST);
        return new Answers(QueryErrors.WORDS, answer::refusal)
                .of(() -> signed.answer(
                        asked, QueryErrors.WORDS, (caller, body) -> result(request, caller, body, answer)));
    }

    private HttpResponse result(HttpRequest request, Caller caller, SignedBody body, QueryAnswer answer)
            throws IOException {
        var length = body.length() + request.query().length();
        try (var _ = signed.spools().memory().reserve(MEMORY * length + ANSWER)) {
            var text = isForm(request) ? new String(body.open().readAllBytes(), UTF_8) : "";
            var form = Form.parse(request.query(), text);
            var action = form.find("Action").orElseThrow(QueryErrors::missingAction);
            return switch (entry(answer.api(), action, form.find("Version").orElse(""))) {
                case Service.Entry.Built(var operation) ->
                    answer.result(action, call(caller, answer.api(), operation, form), signed.spools());
                case Service.Entry.NotBuilt _ ->
                    throw QueryErrors.WORDS.notImplemented(action).exception();
            };
        }
    }

    private Service.Entry entry(Service signedFor, String action, String version) {
        var meant = version.equals(sts.version()) ? sts : iam;
        var entry = meant.find(action).filter(_ -> meant.version().equals(version));
        if (entry.isEmpty()) {
            throw QueryErrors.invalidAction(action, version);
        }
        if (!meant.name().equals(signedFor.name())) {
            throw QueryErrors.wrongService(meant.name());
        }
        return entry.get();
    }

    private <I, O> O call(Caller caller, Service api, Operation<I, O> operation, Form form) {
        var model = api.model();
        var shape = model.structure(model.operation(operation.name()).input());
        var tree = new FormReader(model, form).structure(shape, "");
        FormCheck.check(model, shape, tree);
        var input = InputRecord.of(InputRecord.typeOf(operation), tree);
        return signed.calls().call(caller, api, operation, input);
    }

    /// The one that the credential is scoped to, or without one the one that the query names.
    private Service meant(ClaimedRequest claimed, HttpRequest request) {
        var isSts = claimed.service()
                .map(sts.name()::equals)
                .orElseGet(() -> Query.parse(request.query()).all("Version").contains(sts.version()));
        return isSts ? sts : iam;
    }
}
