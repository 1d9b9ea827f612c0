package entrepot.operation.image;

import entrepot.domain.ImageError;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RegistryException;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.json.JsonMapper;

/// Reads manifests as JSON, strictly: Unicode text, one object, no name twice, no deeper than any manifest is.
final class ManifestReader {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ManifestReader() {}

    /// Objects as maps, arrays as lists, integers as Integer, Long or BigInteger.
    static Map<String, ?> read(ManifestBytes manifest) {
        try {
            var object = ManifestTree.read(manifest);
            if (object == null) {
                throw malformed("It is not one JSON object");
            }
            return object;
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
            case JacksonIOException io when io.getCause() instanceof CharacterCodingException -> "It is not in UTF-8";
            default ->
                "It is no JSON from line %d, column %d on"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        };
    }

    static RegistryException malformed(String explanation) {
        return new RegistryException(ImageError.InvalidManifest.SYNTAX.because(explanation));
    }
}
