package entrepot.notation;

import entrepot.notation.BadKeyException.Part;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// A key with the certificates that say whose it is.
public final class SigningKey {

    private static final byte[] PROBE = {1, 2, 3};

    private final PrivateKey key;
    private final Certificates certificates;
    private final Algorithm algorithm;

    private SigningKey(PrivateKey key, Certificates certificates, Algorithm algorithm) {
        this.key = key;
        this.certificates = certificates;
        this.algorithm = algorithm;
    }

    /// Reads both files, in PEM.
    ///
    /// @param keyFile PKCS#8, PKCS#1 or EC, not encrypted
    /// @param chainFile the key's certificate first, its root last
    /// @throws BadKeyException if Notation would not believe a signature by it now
    public static SigningKey read(Path keyFile, Path chainFile, Instant now) throws BadKeyException {
        var certificates = Certificates.read(chainFile);
        certificates.check(now);
        var algorithm = Algorithm.of(certificates.leaf().getPublicKey());
        var key = new SigningKey(key(keyFile, certificates.leaf(), algorithm), certificates, algorithm);
        if (!key.isOfCertificate()) {
            throw new BadKeyException(Part.KEY, keyFile + " is not the key of the first certificate");
        }
        return key;
    }

    private static PrivateKey key(Path file, X509Certificate leaf, Algorithm algorithm) throws BadKeyException {
        var pem = PemFile.read(Part.KEY, file);
        var publicKey = leaf.getPublicKey().getEncoded();
        var der = Stream.of(
                        pem.all("PRIVATE KEY").stream(),
                        pem.all(algorithm.family() + " PRIVATE KEY").stream().map(key -> Der.pkcs8(key, publicKey)))
                .flatMap(all -> all)
                .findFirst()
                .orElseThrow(() -> new BadKeyException(
                        Part.KEY,
                        "%s has no private key of %s in PEM (PKCS#8, PKCS#1 or EC, not encrypted)"
                                .formatted(file, algorithm.family())));
        try {
            return KeyFactory.getInstance(algorithm.family()).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new BadKeyException(Part.KEY, file + " is not the key of the first certificate", e);
        }
    }

    private boolean isOfCertificate() {
        try {
            var signature = algorithm.newSignature();
            signature.initVerify(certificates.leaf().getPublicKey());
            signature.update(PROBE);
            return signature.verify(sign(PROBE));
        } catch (GeneralSecurityException | IllegalStateException e) {
            return false;
        }
    }

    /// Whether one of the certificates has ended, so that nobody would believe a signature.
    public boolean isOver(Instant now) {
        return certificates.areOver(now);
    }

    Algorithm algorithm() {
        return algorithm;
    }

    /// As DER, from the key's own to its root.
    List<byte[]> chain() {
        return certificates.all().stream().map(SigningKey::encoded).toList();
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read cannot be written", e);
        }
    }

    byte[] sign(byte[] bytes) {
        try {
            var signature = algorithm.newSignature();
            signature.initSign(key);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key does not sign", e);
        }
    }

    /// Nothing of the key.
    @Override
    public String toString() {
        return "key of " + certificates.leaf().getSubjectX500Principal();
    }
}
