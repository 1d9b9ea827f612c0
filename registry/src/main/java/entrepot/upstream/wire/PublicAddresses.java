package entrepot.upstream.wire;

import entrepot.domain.AddressRange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which addresses are anybody's on the internet, and so none of this machine or its network. One of version 6 that
/// carries one of version 4 is judged by that.
///
/// Source: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890).
final class PublicAddresses {

    private static final List<AddressRange> SPECIAL = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /// All of version 6 that is given out, RFC 4291, 2.4.
    private static final List<AddressRange> GLOBAL = ranges("2000::/3");

    private static final List<AddressRange> SPECIAL_6 = ranges("2001::/23", "2001:db8::/32", "3fff::/20");

    /// By which prefix, at which byte the address of version 4 is: RFC 6052, RFC 3056.
    private static final List<Embedding> EMBEDDINGS =
            List.of(new Embedding("::/96", 12), new Embedding("64:ff9b::/96", 12), new Embedding("2002::/16", 2));

    private record Embedding(AddressRange prefix, int at) {
        Embedding(String prefix, int at) {
            this(AddressRange.parse(prefix).orElseThrow(), at);
        }
    }

    private PublicAddresses() {}

    private static List<AddressRange> ranges(String... texts) {
        return Stream.of(texts)
                .map(text -> AddressRange.parse(text).orElseThrow())
                .toList();
    }

    static boolean contain(InetAddress address) {
        if (address instanceof Inet6Address) {
            return embedded(address).map(PublicAddresses::contain).orElseGet(() -> isGlobal(address));
        }
        return SPECIAL.stream().noneMatch(range -> range.contains(address));
    }

    private static boolean isGlobal(InetAddress address) {
        return GLOBAL.stream().anyMatch(range -> range.contains(address))
                && SPECIAL_6.stream().noneMatch(range -> range.contains(address));
    }

    private static Optional<InetAddress> embedded(InetAddress address) {
        return EMBEDDINGS.stream()
                .filter(embedding -> embedding.prefix().contains(address))
                .map(embedding -> version4(address.getAddress(), embedding.at()))
                .findFirst();
    }

    private static InetAddress version4(byte[] address, int at) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address, at, at + 4));
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}
