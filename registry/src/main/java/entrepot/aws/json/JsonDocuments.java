package entrepot.aws.json;

import entrepot.aws.model.ApiModel;
import entrepot.aws.model.Shape;
import entrepot.aws.protocol.ApiError;
import entrepot.aws.protocol.ApiException;
import entrepot.aws.protocol.InputRecord;
import entrepot.domain.Content;
import entrepot.domain.RegistryException;
import entrepot.http.body.MemoryBudget;
import entrepot.http.body.Spool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/// Between JSON documents and the records of operations, by the model.
public final class JsonDocuments {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final ApiModel model;
    private final JsonDialect words;
    private final ModelCheck check;

    JsonDocuments(ApiModel model, JsonDialect words) {
        this.model = model;
        this.words = words;
        this.check = new ModelCheck(model, words);
    }

    /// The input of this operation that the document holds. Bytes in it stay in the document.
    ///
    /// @throws RegistryException for the first constraint that it breaks
    /// @throws ApiException if it is not a document of the operation's structure
    <I> I read(String operation, Class<I> input, JsonSource document) throws IOException {
        var structure = model.operation(operation).input();
        var tree = ModelReader.read(model, words, structure, document);
        check.check(structure, tree);
        return InputRecord.of(input, tree);
    }

    /// What a document of so many bytes takes in memory at most, in bytes, while it is worked on. Bytes in it stay
    /// where they are.
    long memory(String operation, long length) {
        return leavesBytesInDocuments(operation) ? 0 : MemoryBudget.ofManifest(length);
    }

    private boolean leavesBytesInDocuments(String operation) {
        var members = model.structure(model.operation(operation).input()).members();
        return members.values().stream().map(model::shape).anyMatch(Shape.Blob.class::isInstance);
    }

    /// Writes the document of this operation's output: no bytes for one that has none.
    void write(String operation, Object record, Spool document) {
        var output = model.operation(operation).output();
        if (output.isEmpty()) {
            return;
        }
        var structure = model.structure(output);
        try (var json = FACTORY.createGenerator(
                ObjectWriteContext.empty(), Channels.newOutputStream(document), JsonEncoding.UTF8)) {
            new OutputJson(model, json).structure(structure, record);
        }
    }

    /// The document of a refusal.
    public static Content of(ApiError error) {
        var bytes = new ByteArrayOutputStream();
        try (var json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeName("__type").writeString(error.code());
            error.members().forEach((name, value) -> {
                json.writeName(name);
                if (value instanceof Long number) {
                    json.writeNumber(number);
                } else {
                    json.writeString(value.toString());
                }
            });
            json.writeName("message").writeString(error.message());
            json.writeEndObject();
        }
        return new Content.Bytes(bytes.toByteArray());
    }
}
