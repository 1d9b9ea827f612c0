package entrepot.notation;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/// A certificate authority that is thrown away, and keys that it vouches for, as files.
public final class TestAuthority {

    /// When everything is valid that nothing is said of.
    public static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    private static final Duration YEAR = Duration.ofDays(365);

    /// Somebody with a key and a certificate.
    public record Holder(KeyPair keys, X509Certificate certificate) {}

    /// What a certificate says.
    ///
    /// @param usage bits of the key usage; 0 for no such extension
    /// @param isCritical whether whoever does not know these extensions must refuse them
    /// @param purpose null for no such extension
    public record Says(
            String subject,
            boolean isAuthority,
            int usage,
            boolean isCritical,
            @Nullable KeyPurposeId purpose,
            Instant from,
            Instant until) {

        public static final Says AUTHORITY = new Says(
                "CN=Test CA,O=T,ST=S,C=DE", true, KeyUsage.keyCertSign, true, null, NOW.minus(YEAR), NOW.plus(YEAR));

        public static final Says SIGNER = new Says(
                "CN=ci,O=T,ST=S,C=DE",
                false,
                KeyUsage.digitalSignature,
                true,
                KeyPurposeId.id_kp_codeSigning,
                NOW.minus(YEAR),
                NOW.plus(YEAR));

        public Says usage(int bits) {
            return new Says(subject, isAuthority, bits, isCritical, purpose, from, until);
        }

        public Says uncritical() {
            return new Says(subject, isAuthority, usage, false, purpose, from, until);
        }

        public Says purpose(@Nullable KeyPurposeId other) {
            return new Says(subject, isAuthority, usage, isCritical, other, from, until);
        }

        public Says authority(boolean is) {
            return new Says(subject, is, usage, isCritical, purpose, from, until);
        }

        public Says valid(Instant since, Instant end) {
            return new Says(subject, isAuthority, usage, isCritical, purpose, since, end);
        }

        public Says called(String name) {
            return new Says(name, isAuthority, usage, isCritical, purpose, from, until);
        }
    }

    private final Path folder;

    public TestAuthority(Path folder) {
        this.folder = folder;
    }

    public static KeyPair ec(String curve) {
        return keys("EC", generator -> generator.initialize(new ECGenParameterSpec(curve)));
    }

    public static KeyPair rsa(int bits) {
        return keys("RSA", generator -> generator.initialize(bits));
    }

    private interface Choice {
        void of(KeyPairGenerator generator) throws GeneralSecurityException;
    }

    private static KeyPair keys(String family, Choice choice) {
        try {
            var generator = KeyPairGenerator.getInstance(family);
            choice.of(generator);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static Holder root() {
        return root(Says.AUTHORITY);
    }

    public static Holder root(Says says) {
        var keys = ec("secp256r1");
        return new Holder(keys, certificate(says, keys, says.subject(), keys));
    }

    /// One whom another one vouches for.
    public static Holder by(Holder issuer, Says says, KeyPair keys) {
        var name = issuer.certificate().getSubjectX500Principal().getName();
        return new Holder(keys, certificate(says, keys, name, issuer.keys()));
    }

    private static X509Certificate certificate(Says says, KeyPair keys, String issuer, KeyPair by) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Principal(issuer),
                    BigInteger.valueOf(System.nanoTime()),
                    Date.from(says.from()),
                    Date.from(says.until()),
                    new X500Principal(says.subject()),
                    keys.getPublic());
            extend(builder, says);
            var algorithm = by.getPrivate().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(by.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new AssertionError(e);
        }
    }

    private static void extend(JcaX509v3CertificateBuilder builder, Says says) throws CertIOException {
        if (says.isAuthority()) {
            builder.addExtension(Extension.basicConstraints, says.isCritical(), new BasicConstraints(true));
        }
        if (says.usage() != 0) {
            builder.addExtension(Extension.keyUsage, says.isCritical(), new KeyUsage(says.usage()));
        }
        if (says.purpose() != null) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(says.purpose()));
        }
    }

    public Path chain(String name, Holder... holders) throws GeneralSecurityException, IOException {
        var text = new ArrayList<String>();
        for (var holder : holders) {
            text.add(pem("CERTIFICATE", holder.certificate().getEncoded()));
        }
        return Files.write(folder.resolve(name), text);
    }

    public Path key(String name, Holder holder) throws IOException {
        return key(name, "PRIVATE KEY", holder.keys().getPrivate().getEncoded());
    }

    public Path key(String name, String label, byte[] der) throws IOException {
        return Files.write(folder.resolve(name), List.of(pem(label, der)));
    }

    private static String pem(String label, byte[] der) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----".formatted(label, lines);
    }
}
