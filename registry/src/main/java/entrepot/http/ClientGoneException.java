package entrepot.http;

import java.io.IOException;

/// The client closed the connection or fell silent for too long. There is nobody to answer.
public final class ClientGoneException extends IOException {

    public ClientGoneException(String message) {
        super(message);
    }

    public ClientGoneException(String message, Throwable cause) {
        super(message, cause);
    }
}
