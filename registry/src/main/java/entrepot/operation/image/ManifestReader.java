package entrepot.operation.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.ImageError;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RegistryException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Reads manifests as JSON, strictly: Unicode text, one object, no name twice, no deeper than any manifest is.
final class ManifestReader {

    private static final int DEEPEST = 64;

    /// More than an index of 4 MiB needs. Four MiB of `{},` would become a hundred of memory.
    private static final int MOST_TOKENS = 500_000;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ManifestReader() {}

    /// Objects as maps, arrays as lists, integers as Integer, Long or BigInteger.
    static Map<String, ?> read(ManifestBytes manifest) {
        return read(manifest.toByteArray());
    }

    static Map<String, ?> read(byte[] json) {
        try {
            var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
            var object = JSON.readValue(text.toString(), new TypeReference<Map<String, Object>>() {});
            if (object == null) {
                throw malformed("It is not one JSON object");
            }
            return object;
        } catch (CharacterCodingException e) {
            throw malformed("It is not in UTF-8");
        } catch (JacksonException e) {
            throw malformed(explanation(e));
        }
    }

    /// Without a space, in the order of the maps.
    static ManifestBytes write(Map<String, ?> json) {
        return new ManifestBytes(JSON.writeValueAsBytes(json));
    }

    private static String explanation(JacksonException e) {
        return switch (e) {
            case StreamConstraintsException _ -> "It is too deep, or has too many or too long parts";
            case StreamReadException _ ->
                "It is no JSON from line %d, column %d on"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
            default -> "It is not one JSON object";
        };
    }

    static RegistryException malformed(String explanation) {
        return new RegistryException(ImageError.InvalidManifest.SYNTAX.because(explanation));
    }
}
