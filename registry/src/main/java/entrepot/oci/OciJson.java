package entrepot.oci;

import entrepot.domain.Content;
import entrepot.http.body.Spools;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/// Records as JSON bodies, each with a newline behind it, as ECR and Docker's registry send them.
final class OciJson {

    static final String TYPE = "application/json";

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .build())
            .build();

    private static final byte[] NEWLINE = {'\n'};

    private OciJson() {}

    static Content.Bytes of(Record body) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(JSON.writeValueAsBytes(body));
        bytes.write('\n');
        return new Content.Bytes(bytes.toByteArray());
    }

    /// One that may be long.
    static Content answer(Record body, Spools spools) {
        var document = spools.forAnswer();
        try {
            JSON.writeValue(Channels.newOutputStream(document), body);
            document.write(ByteBuffer.wrap(NEWLINE));
            return document.content();
        } catch (RuntimeException | Error e) {
            document.close();
            throw e;
        }
    }
}
