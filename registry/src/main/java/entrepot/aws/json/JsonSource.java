package entrepot.aws.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;

/// A JSON document that can be read again.
@FunctionalInterface
interface JsonSource {

    /// The bytes from the first one on.
    InputStream open() throws IOException;

    /// The text, read strictly: bytes that are not UTF-8 fail with a `CharacterCodingException`. Jackson's own decoder
    /// takes overlong forms and encoded surrogates, and guesses at UTF-16; RFC 8259 (8.1) has none of that.
    default Reader text() throws IOException {
        var strict = UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        return new InputStreamReader(open(), strict);
    }
}
