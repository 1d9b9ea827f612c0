package entrepot.upstream.wire;

import java.time.Duration;

/// How long a server may take.
///
/// @param connect until a connection stands, its host looked up and TLS agreed
/// @param silence without a byte, at any moment
/// @param whole until an answer has begun; for one that is read as a whole, until its end
public record Timing(Duration connect, Duration silence, Duration whole) {

    public static final Timing USUAL =
            new Timing(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60));
}
