package entrepot.ecr;

import entrepot.auth.Caller;
import entrepot.aws.Service;
import entrepot.aws.protocol.Answers;
import entrepot.aws.protocol.ApiError;
import entrepot.aws.protocol.ApiException;
import entrepot.aws.protocol.InputRecord;
import entrepot.aws.protocol.SignedCalls;
import entrepot.domain.Content;
import entrepot.http.HttpHandler;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.body.SignedBody;
import entrepot.operation.Operation;
import java.io.IOException;

/// ECR's JSON API: `POST /` with the operation in `X-Amz-Target`, as the AWS JSON 1.1 protocol has it.
///
/// A request is looked at in AWS's order: the operation's name, the signature, and only then the document. The
/// `Content-Type` is not looked at, since the target says already that it is JSON; some clients send none.
public final class EcrEndpoint implements HttpHandler {

    private static final String JSON = "application/x-amz-json-1.1";
    private static final Answers ANSWERS = new Answers(EcrErrors.WORDS, EcrEndpoint::refusal);

    /// The most that is taken, in bytes: a part of 20 MiB in Base64, with room for escapes.
    static final long LARGEST = 32L << 20;

    private final SignedCalls signed;
    private final Service service;
    private final EcrJson json;

    public EcrEndpoint(SignedCalls signed, Service service) {
        this.signed = signed;
        this.service = service;
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
        return ANSWERS.refusing(EcrErrors.unknownOperation(why));
    }

    /// Must be called within a request, whose id the answer names.
    @Override
    public HttpResponse handle(HttpRequest request) throws IOException {
        return ANSWERS.of(() -> answer(request));
    }

    private static HttpResponse refusal(ApiError error) {
        return HttpResponse.of(error.status()).withBody(JSON, EcrJson.of(error));
    }

    private HttpResponse answer(HttpRequest request) throws IOException {
        var name = operationName(request);
        var entry = service.find(name).orElseThrow(EcrEndpoint::unknown);
        var asked = new SignedCalls.Asked(request, SignedCalls.claimed(request), service, name, LARGEST);
        return signed.answer(asked, EcrErrors.WORDS, (caller, body) -> switch (entry) {
            case Service.Entry.Built(var operation) ->
                HttpResponse.of(200).withBody(JSON, call(caller, operation, body));
            case Service.Entry.NotBuilt _ ->
                throw EcrErrors.WORDS.notImplemented(name).exception();
        });
    }

    private String operationName(HttpRequest request) {
        var prefix = service.model().target() + ".";
        var targets = request.headers().all("X-Amz-Target");
        if (targets.size() != 1 || !targets.getFirst().startsWith(prefix)) {
            throw unknown();
        }
        return targets.getFirst().substring(prefix.length());
    }

    private static ApiException unknown() {
        return EcrErrors.unknownOperation("The X-Amz-Target header names no operation of Amazon ECR.")
                .exception();
    }

    /// The memory that is lent for it waits for no client: its body has come, and its answer goes to a spool.
    private <I, O> Content call(Caller caller, Operation<I, O> operation, SignedBody body) throws IOException {
        var memory = json.memory(operation.name(), body.length()) + operation.memory(body.length());
        try (var _ = signed.spools().memory().reserve(memory)) {
            var input = json.read(operation.name(), InputRecord.typeOf(operation), body::open);
            return document(operation.name(), signed.calls().call(caller, service, operation, input));
        }
    }

    private Content document(String operation, Object output) {
        var document = signed.spools().forAnswer();
        try {
            json.write(operation, output, document);
            return document.content();
        } catch (RuntimeException | Error e) {
            document.close();
            throw e;
        }
    }
}
