package entrepot.iam;

import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;

/// How one request is answered: in XML, or in JSON if it asks for that and for no XML.
///
/// @param api whose answer it is
record QueryAnswer(QueryApi api, String requestId, boolean json) {

    static QueryAnswer to(HttpRequest request, QueryApi api, String requestId) {
        var headers = request.headers();
        var wantsXml = headers.accepts("text/xml") || headers.accepts("application/xml");
        return new QueryAnswer(api, requestId, headers.accepts("application/json") && !wantsXml);
    }

    /// @param output the operation's record
    HttpResponse result(String action, Object output) {
        var response = HttpResponse.of(200);
        return json
                ? response.withBody("application/json", QueryJson.answer(api, action, output, requestId))
                : response.withBody("text/xml", QueryXml.answer(api, action, output, requestId));
    }

    HttpResponse refusal(QueryError error) {
        var response = HttpResponse.of(error.status());
        return json
                ? response.withBody("application/json", QueryJson.refusal(error, requestId))
                : response.withBody("text/xml", QueryXml.refusal(api, error, requestId));
    }
}
