package entrepot.http;

import java.time.Duration;

/// How much the HTTP server bears of its clients.
public record HttpLimits(Head head, Pace pace, Together together) {

    /// Of one request's head.
    ///
    /// @param requestLine longest request line in bytes; above it, 414
    /// @param bytes most bytes of all header lines together; above it, 431
    /// @param lines most header lines; above it, 431. As many trailers of a body; above it, 400
    public record Head(int requestLine, int bytes, int lines) {}

    /// Of one connection.
    ///
    /// @param head from the connection until its first request's head is whole
    /// @param idle from an answer to the next whole head; without taking a byte of an answer; [Patience]'s grace
    /// @param bodyRate bytes of a body that pay for one second of waiting for more
    /// @param linger how long the rest of a refused request is read and dropped at most, for the answer to arrive
    public record Pace(Duration head, Duration idle, int bodyRate, Duration linger) {}

    /// Of all connections at once.
    ///
    /// @param connections how many there may be; above it, the one that waits longest for a head is closed
    /// @param headBytes most memory for heads, beyond a small share that each connection has; above it, a
    ///     connection with part of a head is closed, and a whole head is refused with 503
    /// @param bodyBytes most memory for bodies on their way to a reader; above it, where any is held nothing
    ///     is read
    /// @param lingering how many may linger as [Pace] allows; above it, for a second
    public record Together(int connections, long headBytes, long bodyBytes, int lingering) {

        private static final int MOST_CONNECTIONS = 65_536;
        private static final int MOST_LINGERING = 256;

        /// Shares of a heap of that many bytes.
        static Together ofHeap(long bytes) {
            var connections = Math.clamp(bytes / (128 << 10), 64, MOST_CONNECTIONS);
            return new Together(connections, bytes / 16, bytes / 8, MOST_LINGERING);
        }
    }

    /// Those that the product runs with: `_state` parameters and signed query strings can be long. Clients send 5 to 15
    /// lines, browsers behind some proxies 40.
    public static final HttpLimits USUAL = new HttpLimits(
            new Head(16 << 10, 32 << 10, 128),
            new Pace(Duration.ofSeconds(30), Duration.ofSeconds(60), 1 << 10, Duration.ofSeconds(30)),
            Together.ofHeap(Runtime.getRuntime().maxMemory()));

    /// At another pace.
    public HttpLimits with(Pace other) {
        return new HttpLimits(head, other, together);
    }

    /// With other bounds on all connections at once.
    public HttpLimits with(Together others) {
        return new HttpLimits(head, pace, others);
    }
}
