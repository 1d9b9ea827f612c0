package entrepot.domain;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/// UUIDs of version 7 (RFC 9562), so that rows and files made together lie together.
public final class TimedUuid {

    private static final SecureRandom RANDOM = new SecureRandom();

    private TimedUuid() {}

    public static UUID random(Instant now) {
        long high = (now.toEpochMilli() << 16) | 0x7000L | RANDOM.nextInt(1 << 12);
        long low = (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
