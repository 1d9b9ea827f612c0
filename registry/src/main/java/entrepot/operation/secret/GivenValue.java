package entrepot.operation.secret;

import entrepot.domain.Content;
import entrepot.domain.SecretValue;
import entrepot.domain.SecretsError.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import org.jspecify.annotations.Nullable;

/// A value that came with a call, as what a version is to be called.
record GivenValue(String version, SecretValue value) {

    /// Null where the call has none. Fails with a refusal for two, for one that is too long, and for one without a
    /// name.
    static @Nullable GivenValue of(@Nullable String token, @Nullable String text, @Nullable Content binary) {
        if (text != null && binary != null) {
            throw SecretRefusals.parameter(
                    "You can't specify both a binary secret value and a string secret value in" + " the same secret.");
        }
        if (text == null && binary == null) {
            return null;
        }
        var value = text == null ? new SecretValue(false, bytes(binary)) : SecretValue.of(text);
        if (value.bytes().length > SecretValue.LONGEST) {
            throw Kind.VALIDATION.refusal("The secret value is longer than %d bytes.".formatted(SecretValue.LONGEST));
        }
        if (token == null) {
            throw SecretRefusals.noToken();
        }
        return new GivenValue(token, value);
    }

    private static byte[] bytes(Content content) {
        var bytes = new ByteArrayOutputStream();
        try {
            content.writeTo(Channels.newChannel(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
