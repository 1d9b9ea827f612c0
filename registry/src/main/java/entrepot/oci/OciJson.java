package entrepot.oci;

import entrepot.domain.Content;
import java.io.ByteArrayOutputStream;
import tools.jackson.databind.json.JsonMapper;

/// Records as JSON bodies, each with a newline behind it, as ECR and Docker's registry send them.
final class OciJson {

    static final String TYPE = "application/json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private OciJson() {}

    static Content of(Record body) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(JSON.writeValueAsBytes(body));
        bytes.write('\n');
        return new Content.Bytes(bytes.toByteArray());
    }
}
