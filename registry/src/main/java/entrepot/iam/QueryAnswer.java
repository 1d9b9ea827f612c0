package entrepot.iam;

import entrepot.aws.Service;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.body.Spools;

/// How one request is answered: in XML, or in JSON if it asks for that and for no XML.
///
/// @param api whose answer it is
record QueryAnswer(Service api, String requestId, boolean json) {

    static QueryAnswer to(HttpRequest request, Service api, String requestId) {
        var headers = request.headers();
        var wantsXml = headers.accepts("text/xml") || headers.accepts("application/xml");
        return new QueryAnswer(api, requestId, headers.accepts("application/json") && !wantsXml);
    }

    /// @param output the operation's record
    /// @param spools hold the answer until the client has taken it
    HttpResponse result(String action, Object output, Spools spools) {
        var written = json
                ? QueryJson.answer(api, action, output, requestId)
                : QueryXml.answer(api, action, output, requestId);
        return HttpResponse.of(200).withBody(type(), spools.answer(written.bytes()));
    }

    HttpResponse refusal(QueryError error) {
        var written = json ? QueryJson.refusal(error, requestId) : QueryXml.refusal(api, error, requestId);
        return HttpResponse.of(error.status()).withBody(type(), written);
    }

    private String type() {
        return json ? "application/json" : "text/xml";
    }
}
