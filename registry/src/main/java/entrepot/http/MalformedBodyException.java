package entrepot.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A chunked body breaks the rules of RFC 9112, 7.1, so nobody can say where it ends.
public final class MalformedBodyException extends IOException {

    public MalformedBodyException(@Nullable Throwable cause) {
        super("The body is not well-formed.", cause);
    }
}
