package entrepot.http.vertx;

import entrepot.http.HttpLimits;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What Vert.x is told of the port.
final class PortOptions {

    private static final Duration LONGEST_HANDSHAKE = Duration.ofSeconds(10);
    private static final int MOST_STREAMS = 100;
    private static final int STREAM_WINDOW = 256 << 10;
    private static final int CONNECTION_WINDOW = 2 << 20;

    /// Those with forward secrecy and authenticated encryption.
    private static final List<String> CIPHERS = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private PortOptions() {}

    /// A negative port lets Vert.x share one free port among the event loops.
    ///
    /// @param keys null for plain HTTP
    static HttpServerOptions options(Serving service, @Nullable KeyCertOptions keys) {
        var settings = service.settings();
        var options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port() == 0 ? -1 : settings.port())
                .setTcpNoDelay(true)
                .setHttp2ClearTextEnabled(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
        if (settings.tls() != null && keys != null) {
            encrypt(options, service, keys);
            boundHttp2(options, settings.limits().head(), settings.tls().http2());
        }
        return options;
    }

    private static void encrypt(HttpServerOptions options, Serving service, KeyCertOptions keys) {
        var patience = service.settings().limits().pace().head().toMillis();
        options.setSsl(true)
                .setKeyCertOptions(keys)
                .setSslEngineOptions(new TlsEngine(service))
                .setEnabledSecureTransportProtocols(protocols())
                .setSslHandshakeTimeout(Math.min(patience, LONGEST_HANDSHAKE.toMillis()))
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        CIPHERS.forEach(options::addEnabledCipherSuite);
    }

    /// Beside what Vert.x sets by itself: a client that resets more than 200 streams in 30 seconds is cut off.
    private static void boundHttp2(HttpServerOptions options, HttpLimits.Head limits, boolean http2) {
        options.setUseAlpn(true)
                .setAlpnVersions(
                        http2 ? List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1) : List.of(HttpVersion.HTTP_1_1))
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(MOST_STREAMS)
                        .setInitialWindowSize(STREAM_WINDOW)
                        .setMaxHeaderListSize(limits.requestLine() + limits.bytes()));
    }

    /// For a listener that runs already, with another certificate.
    static ServerSSLOptions renewed(KeyCertOptions keys) {
        var options = new ServerSSLOptions();
        options.setKeyCertOptions(keys).setEnabledSecureTransportProtocols(protocols());
        CIPHERS.forEach(options::addEnabledCipherSuite);
        return options;
    }

    private static Set<String> protocols() {
        return new LinkedHashSet<>(List.of("TLSv1.3", "TLSv1.2"));
    }
}
