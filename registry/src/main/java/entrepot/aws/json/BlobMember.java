package entrepot.aws.json;

import entrepot.domain.Content;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// Bytes that are Base64 in a JSON document, and stay there: each writing decodes them again. So a part of 20 MiB
/// passes through a few kilobytes of memory.
///
/// @param position in characters, of the token that holds them
/// @param length decoded, in bytes
record BlobMember(JsonFactory json, JsonSource source, long position, long length) implements Content {

    private static final int BUFFER = 1 << 16;

    /// What the target refuses comes out as the target said it.
    @Override
    public void writeTo(WritableByteChannel target) throws IOException {
        try (var parser = json.createParser(ObjectReadContext.empty(), source.text())) {
            find(parser);
            var out = new BufferedOutputStream(Channels.newOutputStream(target), BUFFER);
            parser.readBinaryValue(out);
            out.flush();
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    private void find(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.VALUE_STRING
                || parser.currentTokenLocation().getCharOffset() != position) {
            if (parser.currentToken() == null) {
                throw new IOException("the document ended early");
            }
        }
    }
}
