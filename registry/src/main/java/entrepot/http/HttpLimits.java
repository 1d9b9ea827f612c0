package entrepot.http;

import java.time.Duration;

/// How much the HTTP server bears of a client.
///
/// @param requestLine longest request line in bytes; above it, 414
/// @param headers most bytes of all header lines together; above it, 431
/// @param headTimeout from the connection until its first request's head is whole
/// @param idleTimeout from an answer to the next whole head; without a byte of a body; without taking an answer's
public record HttpLimits(int requestLine, int headers, Duration headTimeout, Duration idleTimeout) {

    /// Those that the product runs with: `_state` parameters and signed query strings can be long.
    public static final HttpLimits USUAL =
            new HttpLimits(16 << 10, 32 << 10, Duration.ofSeconds(30), Duration.ofSeconds(60));
}
