package entrepot.upstream.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Whose word TLS takes for who a server is: the authorities that the JDK knows, and those of a file.
public final class Trust {

    private final @Nullable Path caFile;
    private @Nullable SSLSocketFactory sockets;

    private Trust(@Nullable Path caFile) {
        this.caFile = caFile;
    }

    /// What the JDK knows is read when the first connection is made, since that takes longer than most of a start.
    ///
    /// @param caFile certificates in PEM, which are trusted besides; null for none
    /// @throws IOException if the file cannot be read, or has no certificate
    public static Trust with(@Nullable Path caFile) throws IOException {
        var trust = new Trust(caFile);
        if (caFile != null) {
            trust.sockets();
        }
        return trust;
    }

    /// What makes connections that trust them.
    synchronized SSLSocketFactory sockets() throws IOException {
        var known = sockets;
        if (known == null) {
            known = made();
            sockets = known;
        }
        return known;
    }

    private SSLSocketFactory made() throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, caFile == null ? null : managers(store(certificates(caFile))), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException(caFile + " has no certificates in PEM", e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            var all = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (all.isEmpty()) {
                throw new IOException(file + " has no certificates in PEM");
            }
            return all;
        }
    }

    private static KeyStore store(Collection<? extends Certificate> besides)
            throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        var number = 0;
        for (var certificate : besides) {
            store.setCertificateEntry("besides-" + number++, certificate);
        }
        for (var manager : managers(null)) {
            for (var certificate : manager instanceof X509TrustManager x ? x.getAcceptedIssuers() : NONE) {
                store.setCertificateEntry("known-" + number++, certificate);
            }
        }
        return store;
    }

    private static final java.security.cert.X509Certificate[] NONE = {};

    /// @param store null for what the JDK knows
    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Stream.of(factory.getTrustManagers()).toArray(TrustManager[]::new);
    }
}
