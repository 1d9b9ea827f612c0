package entrepot.console;

import entrepot.domain.AddressRange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// Wrong sign-ins, by the network that they come from, and by the key that they are about from there: nobody keeps
/// the owner of a key out from elsewhere. Whether there is such a key makes no difference.
final class Attempts {

    private static final int REMEMBERED = 10_000;
    private static final int LONGEST_KEY = 128;

    /// The first eight bytes: who has an address of version 6 has all that share them.
    private static final int NETWORK = 8;

    private final Throttle byAddress = new Throttle(20, Duration.ofSeconds(6), REMEMBERED);
    private final Throttle byKey = new Throttle(20, Duration.ofSeconds(10), REMEMBERED);

    /// Counts an attempt as a wrong one, if they may try now; else says how long they must wait.
    Optional<Duration> begin(String address, String key, Instant now) {
        return byAddress.begin(network(address), now).or(() -> byKey.begin(from(address, key), now));
    }

    /// The attempt was a good one.
    void succeeded(String address, String key) {
        byAddress.forgive(network(address));
        byKey.forgive(from(address, key));
    }

    /// How many networks, and keys from them, are remembered.
    int size() {
        return byAddress.size() + byKey.size();
    }

    private static String from(String address, String key) {
        return network(address) + " " + key.substring(0, Math.min(key.length(), LONGEST_KEY));
    }

    private static String network(String address) {
        return AddressRange.address(address)
                .filter(Inet6Address.class::isInstance)
                .map(InetAddress::getAddress)
                .map(bytes -> Arrays.toString(Arrays.copyOf(bytes, NETWORK)))
                .orElse(address);
    }
}
