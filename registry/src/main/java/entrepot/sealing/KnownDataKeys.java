package entrepot.sealing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;

/// Data keys that the key service unwrapped lately, so that it is not asked for each request. A key that is disabled
/// there is used here for as long as this remembers, and no longer.
final class KnownDataKeys {

    /// How many are remembered; beyond it the eldest goes.
    static final int MOST = 10_000;

    /// What a data key is known by.
    record Id(String key, String repository, String wrapped) {}

    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Known(byte[] plain, Instant until) {}

    private final Duration lifetime;
    private final InstantSource clock;

    /// In the order in which they came, which is that in which their time is over.
    private final LinkedHashMap<Id, Known> keys = new LinkedHashMap<>();

    /// @param lifetime none for remembering nothing
    KnownDataKeys(Duration lifetime, InstantSource clock) {
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /// A copy, which the caller wipes.
    synchronized Optional<byte[]> find(Id id) {
        forgetOld(MOST);
        return Optional.ofNullable(keys.get(id)).map(known -> known.plain().clone());
    }

    /// Remembers a copy.
    synchronized void put(Id id, byte[] plain) {
        if (lifetime.isPositive()) {
            forgetOld(MOST - 1);
            Optional.ofNullable(keys.remove(id)).ifPresent(KnownDataKeys::wipe);
            keys.put(id, new Known(plain.clone(), clock.instant().plus(lifetime)));
        }
    }

    private void forgetOld(int most) {
        var eldest = keys.values().iterator();
        while (eldest.hasNext()) {
            var known = eldest.next();
            if (keys.size() <= most && clock.instant().isBefore(known.until())) {
                return;
            }
            eldest.remove();
            wipe(known);
        }
    }

    synchronized int size() {
        return keys.size();
    }

    private static void wipe(Known known) {
        Arrays.fill(known.plain(), (byte) 0);
    }
}
