package entrepot.notation;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/// How keys sign. The key's kind and size tell which it is. Source: Notary Project, "Signature Specification",
/// "Algorithm Selection"; RFC 7518, 3.1; RFC 9053 and RFC 8230 for COSE's numbers.
enum Algorithm {
    ES256("EC", 256, 256, -7),
    ES384("EC", 384, 384, -35),
    ES512("EC", 521, 512, -36),
    PS256("RSA", 2048, 256, -37),
    PS384("RSA", 3072, 384, -38),
    PS512("RSA", 4096, 512, -39);

    private static final String KEYS =
            "a key must be of EC, P-256, P-384 or P-521, or of RSA with 2048, 3072 or 4096 bits";

    private final String family;
    private final int keyBits;
    private final int hashBits;
    private final int coseNumber;

    Algorithm(String family, int keyBits, int hashBits, int coseNumber) {
        this.family = family;
        this.keyBits = keyBits;
        this.hashBits = hashBits;
        this.coseNumber = coseNumber;
    }

    static Algorithm of(PublicKey key) throws BadKeyException {
        return bits(key)
                .flatMap(bits -> Arrays.stream(values())
                        .filter(each -> each.family.equals(key.getAlgorithm()) && each.keyBits == bits)
                        .findFirst())
                .orElseThrow(() -> new BadKeyException(BadKeyException.Part.CHAIN, KEYS));
    }

    /// Curves of these sizes that are not NIST's are no keys of the JDK's.
    private static Optional<Integer> bits(PublicKey key) {
        return switch (key) {
            case ECPublicKey ec ->
                Optional.of(ec.getParams().getCurve().getField().getFieldSize());
            case RSAPublicKey rsa -> Optional.of(rsa.getModulus().bitLength());
            default -> Optional.empty();
        };
    }

    /// `EC` or `RSA`.
    String family() {
        return family;
    }

    int coseNumber() {
        return coseNumber;
    }

    Signature newSignature() throws GeneralSecurityException {
        if (family.equals("EC")) {
            return Signature.getInstance("SHA%dwithECDSAinP1363Format".formatted(hashBits));
        }
        var hash = "SHA-" + hashBits;
        var signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(
                new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), hashBits / Byte.SIZE, 1));
        return signature;
    }
}
