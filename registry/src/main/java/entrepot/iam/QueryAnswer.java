package entrepot.iam;

import entrepot.aws.Service;
import entrepot.aws.protocol.Answers;
import entrepot.aws.protocol.ApiError;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.body.Spools;

/// How one request is answered: in XML, or in JSON if it asks for that and for no XML.
///
/// @param api whose answer it is
record QueryAnswer(Service api, boolean json) {

    static QueryAnswer to(HttpRequest request, Service api) {
        var headers = request.headers();
        var wantsXml = headers.accepts("text/xml") || headers.accepts("application/xml");
        return new QueryAnswer(api, headers.accepts("application/json") && !wantsXml);
    }

    /// @param output the operation's record
    /// @param spools hold the answer until the client has taken it
    HttpResponse result(String action, Object output, Spools spools) {
        var requestId = Answers.requestId();
        var written = json
                ? QueryJson.answer(api, action, output, requestId)
                : QueryXml.answer(api, action, output, requestId);
        return HttpResponse.of(200).withBody(type(), spools.answer(written.bytes()));
    }

    HttpResponse refusal(ApiError error) {
        var requestId = Answers.requestId();
        var written = json ? QueryJson.refusal(error, requestId) : QueryXml.refusal(api, error, requestId);
        return HttpResponse.of(error.status()).withBody(type(), written);
    }

    /// Who is at fault.
    static String fault(ApiError error) {
        return error.status() < 500 ? "Sender" : "Receiver";
    }

    private String type() {
        return json ? "application/json" : "text/xml";
    }
}
