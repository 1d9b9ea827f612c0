package entrepot.notation;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;

/// As much of ASN.1's DER as a private key without its algorithm needs to be given one. Source: ITU-T X.690.
final class Der {

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] ZERO = {2, 1, 0};

    private Der() {}

    /// A key as PKCS#8 has it.
    ///
    /// @param key as PKCS#1 or SEC 1 have it
    /// @param publicKey the other half, as X.509 has it, which tells the algorithm
    static byte[] pkcs8(byte[] key, byte[] publicKey) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(ZERO);
        body.writeBytes(first(publicKey));
        body.writeBytes(of(OCTETS, key));
        return of(SEQUENCE, body.toByteArray());
    }

    private static byte[] of(int type, byte[] content) {
        var all = new ByteArrayOutputStream();
        all.write(type);
        if (content.length < 0x80) {
            all.write(content.length);
        } else {
            var length = BigInteger.valueOf(content.length).toByteArray();
            var unsigned = length[0] == 0 ? Arrays.copyOfRange(length, 1, length.length) : length;
            all.write(0x80 | unsigned.length);
            all.writeBytes(unsigned);
        }
        all.writeBytes(content);
        return all.toByteArray();
    }

    /// The first element of a sequence.
    private static byte[] first(byte[] sequence) {
        var from = headOf(sequence, 0);
        return Arrays.copyOfRange(sequence, from, headOf(sequence, from) + lengthOf(sequence, from));
    }

    /// Where the content begins of the element at this place.
    private static int headOf(byte[] der, int at) {
        var length = der[at + 1];
        return at + 2 + (length < 0 ? length & 0x7f : 0);
    }

    private static int lengthOf(byte[] der, int at) {
        var length = der[at + 1];
        return length < 0
                ? new BigInteger(1, Arrays.copyOfRange(der, at + 2, headOf(der, at))).intValueExact()
                : length;
    }
}
