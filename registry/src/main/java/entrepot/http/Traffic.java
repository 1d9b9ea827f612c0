package entrepot.http;

import java.util.concurrent.atomic.LongAdder;

/// How many bytes of bodies have come to a server and gone from it since it was started.
///
/// @param in of requests, as their handlers took them
/// @param out of answers, as they were given to the system
public record Traffic(LongAdder in, LongAdder out) {

    public Traffic() {
        this(new LongAdder(), new LongAdder());
    }
}
