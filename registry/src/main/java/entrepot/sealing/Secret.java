package entrepot.sealing;

import java.util.Arrays;
import java.util.function.Function;

/// Bytes that are wiped when they were used.
final class Secret {

    private Secret() {}

    static <T> T using(byte[] secret, Function<byte[], T> use) {
        try {
            return use.apply(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
