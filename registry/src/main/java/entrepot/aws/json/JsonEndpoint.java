package entrepot.aws.json;

import entrepot.aws.Service;
import entrepot.aws.protocol.Answers;
import entrepot.aws.protocol.ApiError;
import entrepot.aws.protocol.SignedCalls;
import entrepot.http.HttpHandler;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import java.io.IOException;
import java.util.List;

/// The APIs in JSON: `POST /` with the service and the operation in `X-Amz-Target`, as the AWS JSON 1.1 protocol has
/// it.
///
/// A request is looked at in AWS's order: the operation's name, the signature, and only then the document. The
/// `Content-Type` is not looked at, since the target says already that it is JSON; some clients send none.
public final class JsonEndpoint implements HttpHandler {

    static final String JSON = "application/x-amz-json-1.1";

    private final SignedCalls signed;
    private final List<JsonApi> apis;

    /// @param apis the first of them answers what names none
    public JsonEndpoint(SignedCalls signed, List<JsonApi> apis) {
        this.signed = signed;
        this.apis = List.copyOf(apis);
    }

    /// Whether a request is meant for one of these APIs, wherever it is sent.
    public static boolean speaks(HttpRequest request) {
        return request.headers().first("X-Amz-Target").isPresent()
                || request.headers().hasContentType(JSON);
    }

    /// Answers a request that is meant for one of these APIs and was sent elsewhere. Must be called within a request.
    ///
    /// @param why tells where the APIs are
    public HttpResponse astray(String why) {
        return answers(apis.getFirst()).refusing(JsonDialect.unknownOperation(why));
    }

    /// Must be called within a request, whose id the answer names.
    @Override
    public HttpResponse handle(HttpRequest request) throws IOException {
        var targets = request.headers().all("X-Amz-Target");
        var target = targets.size() == 1 ? targets.getFirst() : "";
        var api = apis.stream().filter(each -> each.isTarget(target)).findFirst();
        return api.isPresent()
                ? answers(api.get())
                        .of(() -> answer(request, api.get(), api.get().operation(target)))
                : answers(apis.getFirst()).refusing(unknown(apis.getFirst()));
    }

    private static Answers answers(JsonApi api) {
        return new Answers(api.words(), JsonEndpoint::refusal);
    }

    private static HttpResponse refusal(ApiError error) {
        return HttpResponse.of(error.status()).withBody(JSON, JsonDocuments.of(error));
    }

    private static ApiError unknown(JsonApi api) {
        return JsonDialect.unknownOperation("The X-Amz-Target header names no operation of %s."
                .formatted(api.words().service()));
    }

    private HttpResponse answer(HttpRequest request, JsonApi api, String name) throws IOException {
        var entry = api.service().find(name).orElseThrow(() -> unknown(api).exception());
        var asked = new SignedCalls.Asked(request, SignedCalls.claimed(request), api.service(), name, api.most());
        return signed.answer(asked, api.words(), (caller, body) -> switch (entry) {
            case Service.Entry.Built(var operation) ->
                HttpResponse.of(200).withBody(JSON, new JsonCall(signed, api, caller).answer(operation, body));
            case Service.Entry.NotBuilt _ ->
                throw api.words().notImplemented(name).exception();
        });
    }
}
