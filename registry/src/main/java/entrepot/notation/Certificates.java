package entrepot.notation;

import entrepot.notation.BadKeyException.Part;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Certificates from the one that signs to its root, each signed by the next one. Source: Notary Project, "Signature
/// Specification", "Certificate Requirements".
record Certificates(List<X509Certificate> all) {

    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

    /// Any, serverAuth, emailProtection, timeStamping, OCSPSigning.
    private static final List<String> OTHER_USES =
            List.of("2.5.29.37.0", "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.9");

    private static final String KEY_USAGE = "2.5.29.15";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_CERT_SIGN = 5;

    static Certificates read(Path file) throws BadKeyException {
        var all = new ArrayList<X509Certificate>();
        for (var der : PemFile.read(Part.CHAIN, file).all("CERTIFICATE")) {
            try {
                all.add((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
            } catch (CertificateException e) {
                throw new BadKeyException(Part.CHAIN, file + " has a certificate that cannot be read", e);
            }
        }
        if (all.isEmpty()) {
            throw new BadKeyException(Part.CHAIN, file + " has no certificate in PEM");
        }
        return new Certificates(List.copyOf(all));
    }

    X509Certificate leaf() {
        return all.getFirst();
    }

    /// Fails where Notation would not believe a signature by it.
    void check(Instant now) throws BadKeyException {
        for (int i = 0; i < all.size(); i++) {
            checkTime(all.get(i), now);
            if (i > 0) {
                checkAuthority(all.get(i));
            }
            checkSigned(all.get(i), all.get(Math.min(i + 1, all.size() - 1)));
        }
        checkLeaf();
    }

    /// Of some of them, or none.
    boolean areOver(Instant now) {
        return all.stream().anyMatch(each -> each.getNotAfter().toInstant().isBefore(now));
    }

    private static void checkTime(X509Certificate certificate, Instant now) throws BadKeyException {
        try {
            certificate.checkValidity(Date.from(now));
        } catch (CertificateException e) {
            throw bad(
                    certificate,
                    "is valid from %s to %s only"
                            .formatted(
                                    certificate.getNotBefore().toInstant(),
                                    certificate.getNotAfter().toInstant()),
                    e);
        }
    }

    /// The last one by itself.
    private static void checkSigned(X509Certificate certificate, X509Certificate by) throws BadKeyException {
        try {
            if (certificate.getIssuerX500Principal().equals(by.getSubjectX500Principal())) {
                certificate.verify(by.getPublicKey());
                return;
            }
        } catch (GeneralSecurityException e) {
            throw bad(certificate, "is not signed by " + by.getSubjectX500Principal(), e);
        }
        throw bad(
                certificate,
                certificate.equals(by)
                        ? "is no root: after it must come the certificate of " + by.getIssuerX500Principal()
                        : "is not signed by the next one, " + by.getSubjectX500Principal(),
                null);
    }

    private static void checkAuthority(X509Certificate certificate) throws BadKeyException {
        if (certificate.getBasicConstraints() < 0 || !isCritical(certificate, BASIC_CONSTRAINTS)) {
            throw bad(certificate, "is no authority: it must have CA:TRUE, critical", null);
        }
        if (!uses(certificate, KEY_CERT_SIGN) || !isCritical(certificate, KEY_USAGE)) {
            throw bad(certificate, "must have the key usage keyCertSign, critical", null);
        }
    }

    private void checkLeaf() throws BadKeyException {
        if (leaf().getBasicConstraints() >= 0) {
            throw bad(leaf(), "is an authority's, which signs no images", null);
        }
        if (!usesOnly(leaf(), DIGITAL_SIGNATURE) || !isCritical(leaf(), KEY_USAGE)) {
            throw bad(leaf(), "must have the key usage digitalSignature, critical, and no other", null);
        }
        var purposes = purposes();
        if (purposes != null
                && (!purposes.contains(CODE_SIGNING) || OTHER_USES.stream().anyMatch(purposes::contains))) {
            throw bad(leaf(), "must have the extended key usage codeSigning, and none of a server, mail or time", null);
        }
        Algorithm.of(leaf().getPublicKey());
    }

    private @Nullable List<String> purposes() throws BadKeyException {
        try {
            return leaf().getExtendedKeyUsage();
        } catch (CertificateException e) {
            throw bad(leaf(), "has an extended key usage that cannot be read", e);
        }
    }

    private static boolean isCritical(X509Certificate certificate, String extension) {
        var critical = certificate.getCriticalExtensionOIDs();
        return critical != null && critical.contains(extension);
    }

    private static boolean uses(X509Certificate certificate, int use) {
        var uses = certificate.getKeyUsage();
        return uses != null && uses[use];
    }

    private static boolean usesOnly(X509Certificate certificate, int use) {
        var only = new boolean[certificate.getKeyUsage() == null ? 0 : certificate.getKeyUsage().length];
        if (only.length > use) {
            only[use] = true;
        }
        return only.length > use && Arrays.equals(certificate.getKeyUsage(), only);
    }

    private static BadKeyException bad(X509Certificate certificate, String what, @Nullable Exception cause) {
        var words = "the certificate of %s %s".formatted(certificate.getSubjectX500Principal(), what);
        return cause == null ? new BadKeyException(Part.CHAIN, words) : new BadKeyException(Part.CHAIN, words, cause);
    }
}
