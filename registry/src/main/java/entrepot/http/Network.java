package entrepot.http;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Addresses that begin with the same bits, written as an address or as an address, a slash and how many bits (CIDR,
/// RFC 4632, 3.1).
record Network(InetAddress base, int bits) {

    /// Empty if the text is no such thing.
    static Optional<Network> parse(String text) {
        var slash = text.indexOf('/');
        var base = address(slash < 0 ? text : text.substring(0, slash));
        if (base == null) {
            return Optional.empty();
        }
        var all = base.getAddress().length * Byte.SIZE;
        var bits = slash < 0 ? all : number(text.substring(slash + 1));
        return bits < 0 || bits > all ? Optional.empty() : Optional.of(new Network(base, bits));
    }

    /// Null if the text is no IP address. Never asks a name server.
    static @Nullable InetAddress address(String text) {
        try {
            return text.startsWith("[") ? null : InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    }

    boolean contains(InetAddress address) {
        var own = base.getAddress();
        var other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            if (((own[i / Byte.SIZE] ^ other[i / Byte.SIZE]) & (0x80 >> i % Byte.SIZE)) != 0) {
                return false;
            }
        }
        return true;
    }
}
