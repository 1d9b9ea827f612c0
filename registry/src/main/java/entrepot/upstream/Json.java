package entrepot.upstream;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what another registry says in JSON, no deeper than it could need.
final class Json {

    private static final int DEEPEST = 32;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();

    private Json() {}

    /// @throws UpstreamException if it is none
    static JsonNode read(byte[] bytes) throws UpstreamException {
        try {
            return MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            throw new UpstreamException(new Failure.Malformed(), "the answer is no JSON", e);
        }
    }
}
