package entrepot.domain;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// IP addresses that begin with the same bits, of version 4 or 6: one address, or one with a slash and how many bits
/// (CIDR, RFC 4632, 3.1; RFC 4291, 2.3).
///
/// @param free how many of the address's last bits may be any
public record AddressRange(InetAddress address, int free) {

    private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");

    /// Empty if the text is no such thing.
    public static Optional<AddressRange> parse(String text) {
        var slash = text.indexOf('/');
        return slash < 0
                ? literal(text).map(address -> new AddressRange(address, 0))
                : literal(text.substring(0, slash)).flatMap(address -> of(address, text.substring(slash + 1)));
    }

    private static Optional<AddressRange> of(InetAddress address, String prefix) {
        var free = PREFIX.matcher(prefix).matches() ? bits(address) - Integer.parseInt(prefix) : -1;
        return free < 0 ? Optional.empty() : Optional.of(new AddressRange(address, free));
    }

    /// Empty if the text is no address. No name is ever looked up. One of version 6 that maps one of version 4 is that.
    /// A zone behind it, such as in `fe80::1%eth0`, is which of this machine's links it came by, and no part of it
    /// (RFC 4007, 11); a range has none.
    public static Optional<InetAddress> address(String text) {
        var zone = text.indexOf('%');
        return literal(zone > 0 && text.contains(":") ? text.substring(0, zone) : text);
    }

    private static Optional<InetAddress> literal(String text) {
        var literal = V4.matcher(text).matches()
                || (text.contains(":") && V6.matcher(text).matches());
        try {
            return literal ? Optional.of(InetAddress.ofLiteral(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress other) {
        return bits(address) == bits(other) && prefix(address).equals(prefix(other));
    }

    private BigInteger prefix(InetAddress any) {
        return new BigInteger(1, any.getAddress()).shiftRight(free);
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }
}
