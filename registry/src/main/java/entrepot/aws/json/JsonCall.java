package entrepot.aws.json;

import entrepot.auth.Caller;
import entrepot.aws.protocol.InputRecord;
import entrepot.aws.protocol.SignedCalls;
import entrepot.domain.Content;
import entrepot.http.body.SignedBody;
import entrepot.operation.Operation;
import java.io.IOException;

/// A request that is proven: its document becomes the operation's input, and its output a document.
record JsonCall(SignedCalls signed, JsonApi api, JsonDocuments json, Caller caller) {

    JsonCall(SignedCalls signed, JsonApi api, Caller caller) {
        this(signed, api, new JsonDocuments(api.service().model(), api.words()), caller);
    }

    /// The memory that is lent for it waits for no client: its body has come, and its answer goes to a spool.
    <I, O> Content answer(Operation<I, O> operation, SignedBody body) throws IOException {
        var memory = json.memory(operation.name(), body.length()) + operation.memory(body.length());
        try (var _ = signed.spools().memory().reserve(memory)) {
            var input = json.read(operation.name(), InputRecord.typeOf(operation), body::open);
            return document(operation.name(), signed.calls().call(caller, api.service(), operation, input));
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
