package entrepot.auth.policy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// An IP address or a CIDR range of them, of version 4 or 6.
///
/// @param bits how many of the address's are free
record AddressRange(InetAddress address, int bits) implements Operand {

    private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");

    static AddressRange parse(String text) {
        var slash = text.indexOf('/');
        var address = address(slash < 0 ? text : text.substring(0, slash)).orElseThrow(() -> Operands.invalid(text));
        var all = address.getAddress().length * Byte.SIZE;
        var prefix = slash < 0 ? all : prefix(text.substring(slash + 1), text);
        if (prefix > all) {
            throw Operands.invalid(text);
        }
        return new AddressRange(address, all - prefix);
    }

    private static int prefix(String digits, String text) {
        if (!PREFIX.matcher(digits).matches()) {
            throw Operands.invalid(text);
        }
        return Integer.parseInt(digits);
    }

    /// A literal only, so that no name is ever looked up. One of version 6 that maps one of version 4 is that.
    private static Optional<InetAddress> address(String text) {
        var literal = V4.matcher(text).matches()
                || (text.contains(":") && V6.matcher(text).matches());
        try {
            return literal ? Optional.of(InetAddress.ofLiteral(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean matches(String value, ConditionKeys keys) {
        return address(value).filter(this::contains).isPresent();
    }

    private boolean contains(InetAddress other) {
        return address.getAddress().length == other.getAddress().length
                && network(address).equals(network(other));
    }

    private BigInteger network(InetAddress any) {
        return new BigInteger(1, any.getAddress()).shiftRight(bits);
    }
}
