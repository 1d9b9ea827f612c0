package entrepot.http;

import java.time.Duration;

/// How the HTTP server listens, and how much it bears of a client.
///
/// @param host the address to listen on
/// @param port the port to listen on; 0 takes any free one
/// @param requestLineLimit longest request line in bytes; above it, 414
/// @param headersLimit most bytes of all header lines together; above it, 431
/// @param headTimeout from the connection until its first request's head is whole
/// @param idleTimeout from an answer to the next whole head; without a byte of a body; without taking an answer's
public record HttpSettings(
        String host, int port, int requestLineLimit, int headersLimit, Duration headTimeout, Duration idleTimeout) {

    /// The limits the product runs with: `_state` parameters and signed query strings can be long.
    public static HttpSettings on(String host, int port) {
        return new HttpSettings(host, port, 16 << 10, 32 << 10, Duration.ofSeconds(30), Duration.ofSeconds(60));
    }
}
