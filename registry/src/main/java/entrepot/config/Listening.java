package entrepot.config;

import entrepot.http.TlsSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where the server listens.
///
/// @param host an address of this machine
/// @param port 0 takes any free one
/// @param tls null for plain HTTP
/// @param allowPlainHttp whether to listen beyond loopback although nothing encrypts the way there
/// @param drain how long it goes on listening when it is told to end, and says that it is not ready
public record Listening(String host, int port, @Nullable TlsSettings tls, boolean allowPlainHttp, Duration drain) {

    private static final Duration USUAL_DRAIN = Duration.ofSeconds(5);

    static Listening read(Sources sources) {
        return new Listening(
                sources.text("host", "127.0.0.1", ListenHost.FORM, ListenHost::isListenHost),
                sources.number("port", 5000, 0, 65_535),
                tls(sources),
                sources.flag("allow-plain-http", false),
                sources.value("drain", USUAL_DRAIN, Durations::parseOrNone));
    }

    private static @Nullable TlsSettings tls(Sources sources) {
        var certificate = sources.optional("tls.certificate", Path::of).orElse(null);
        var key = sources.optional("tls.key", Path::of).orElse(null);
        var http2 = sources.flag("tls.http2", false);
        if (certificate != null && key != null) {
            return new TlsSettings(certificate, key, http2);
        }
        if (certificate != null || key != null || http2) {
            throw new ConfigException("tls: both tls.certificate and tls.key are needed");
        }
        return null;
    }

    void refuseContradictions() {
        if (tls == null && !allowPlainHttp && !ListenHost.isLoopback(host)) {
            throw new ConfigException(
                    "host: %s can be reached from other machines; set tls.certificate and tls.key, or allow-plain-http: true if the way here is safe"
                            .formatted(host));
        }
    }

    /// `https` with TLS, else `http`.
    public String scheme() {
        return tls == null ? "http" : "https";
    }
}
