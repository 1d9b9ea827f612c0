package entrepot.http.vertx;

import entrepot.http.TlsSettings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.impl.KeyStoreHelper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;

/// Reads a certificate and its key, and makes sure that they belong together. No message holds anything of the key.
final class TlsPair {

    private static final byte[] PROBE = {1};

    private final TlsSettings files;
    private final Vertx vertx;

    TlsPair(TlsSettings files, Vertx vertx) {
        this.files = files;
        this.vertx = vertx;
    }

    /// What is checked is what is used: each file is read once.
    ///
    /// @throws IOException whose message says which file is wrong, and how
    KeyCertOptions read() throws IOException {
        var chain = bytes("tls.certificate", files.certificate());
        var certified = certified(chain);
        var pair = new PemKeyCertOptions()
                .setCertValue(Buffer.buffer(chain))
                .setKeyValue(Buffer.buffer(bytes("tls.key", files.key())));
        if (!areOne(certified, key(pair))) {
            throw new IOException(
                    "tls.key: %s is not the key of the certificate in %s".formatted(files.key(), files.certificate()));
        }
        return pair;
    }

    private static byte[] bytes(String name, Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException("%s: %s is not there".formatted(name, file));
        } catch (IOException e) {
            throw new IOException("%s: %s cannot be read".formatted(name, file));
        }
    }

    private PublicKey certified(byte[] chain) throws IOException {
        try {
            var certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(chain));
            if (!certificates.isEmpty()) {
                return certificates.iterator().next().getPublicKey();
            }
        } catch (GeneralSecurityException e) {
            // said below, in the same words
        }
        throw new IOException("tls.certificate: %s holds no certificate in PEM".formatted(files.certificate()));
    }

    private PrivateKey key(PemKeyCertOptions pair) throws IOException {
        try {
            var store = pair.loadKeyStore(vertx);
            var alias = store.aliases().nextElement();
            return (PrivateKey) store.getKey(alias, KeyStoreHelper.DUMMY_PASSWORD.toCharArray());
        } catch (Exception e) { // Vert.x declares no other; its words could hold part of the file
            throw new IOException("tls.key: %s holds no private key in PEM (PKCS#8, PKCS#1 or EC, not encrypted) for %s"
                    .formatted(files.key(), files.certificate()));
        }
    }

    private static boolean areOne(PublicKey certified, PrivateKey key) {
        try {
            var signer = Signature.getInstance(algorithm(key));
            signer.initSign(key);
            signer.update(PROBE);
            var verifier = Signature.getInstance(algorithm(certified));
            verifier.initVerify(certified);
            verifier.update(PROBE);
            return verifier.verify(signer.sign());
        } catch (GeneralSecurityException e) {
            return false; // of two kinds
        }
    }

    private static String algorithm(Key key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }
}
