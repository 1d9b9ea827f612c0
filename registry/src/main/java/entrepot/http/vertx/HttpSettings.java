package entrepot.http.vertx;

import entrepot.http.HttpLimits;
import entrepot.http.TlsSettings;
import entrepot.http.Traffic;
import entrepot.http.TrustedProxies;
import entrepot.http.body.MemoryBudget;
import org.jspecify.annotations.Nullable;

/// How the HTTP server listens, and whom it believes.
///
/// @param host the address to listen on
/// @param port the port to listen on; 0 takes any free one
/// @param tls null for plain HTTP
/// @param memory shared with those who hold bodies and answers
/// @param traffic counts what comes and goes
public record HttpSettings(
        String host,
        int port,
        HttpLimits limits,
        TrustedProxies proxies,
        @Nullable TlsSettings tls,
        MemoryBudget memory,
        Traffic traffic) {

    /// With the usual limits, and trusting no proxy.
    public static HttpSettings on(String host, int port) {
        return new HttpSettings(
                host, port, HttpLimits.USUAL, TrustedProxies.NONE, null, MemoryBudget.ofHeap(), new Traffic());
    }

    /// With other limits.
    public HttpSettings with(HttpLimits others) {
        return new HttpSettings(host, port, others, proxies, tls, memory, traffic);
    }

    /// Behind these proxies.
    public HttpSettings behind(TrustedProxies trusted) {
        return new HttpSettings(host, port, limits, trusted, tls, memory, traffic);
    }

    /// Encrypted.
    public HttpSettings with(TlsSettings encryption) {
        return new HttpSettings(host, port, limits, proxies, encryption, memory, traffic);
    }

    /// With this memory, and no more.
    public HttpSettings with(MemoryBudget shared) {
        return new HttpSettings(host, port, limits, proxies, tls, shared, traffic);
    }
}
