package entrepot.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate of this machine's own, and its key, as files.
///
/// @param certificate PEM
/// @param key PEM
/// @param trust believes that certificate alone
record Certificate(Path certificate, Path key, SSLContext trust) {
    private static final String NAME = "entrepot";
    private static final String PASSWORD = "of-a-file-that-is-gone-soon";

    static Certificate make(Path folder) throws IOException {
        var file = folder.resolve("keys.p12");
        Programs.run(List.of(
                System.getProperty("java.home") + "/bin/keytool",
                "-genkeypair",
                "-alias",
                NAME,
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD));
        try {
            return read(folder, KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        } finally {
            Files.delete(file);
        }
    }

    private static Certificate read(Path folder, KeyStore keys) throws GeneralSecurityException, IOException {
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        var trust = SSLContext.getInstance("TLS");
        trust.init(null, trusted.getTrustManagers(), null);
        return new Certificate(
                pem(folder, "CERTIFICATE", keys.getCertificate(NAME).getEncoded()),
                pem(
                        folder,
                        "PRIVATE KEY",
                        keys.getKey(NAME, PASSWORD.toCharArray()).getEncoded()),
                trust);
    }

    private static Path pem(Path folder, String what, byte[] bytes) throws IOException {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes);
        var file = folder.resolve(what.toLowerCase(Locale.ROOT).replace(' ', '-') + ".pem");
        return Files.writeString(file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(what, lines, what));
    }
}
