package entrepot.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/// BoringSSL where its native library is, else the JDK's TLS, both behind a [TlsHandler].
final class TlsEngine extends SSLEngineOptions {

    static {
        // read by the JDK's TLS when it is first used; BoringSSL never lets a client renegotiate
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    }

    private final HttpLimits limits;

    TlsEngine(HttpLimits limits) {
        this.limits = limits;
    }

    @Override
    public SSLEngineOptions copy() {
        return new TlsEngine(limits);
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return new DefaultSslContextFactory(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK, true) {
            @Override
            public SslContext create() throws SSLException {
                return new Context(super.create(), limits);
            }
        };
    }

    private static final class Context extends DelegatingSslContext {

        private final HttpLimits limits;

        Context(SslContext context, HttpLimits limits) {
            super(context);
            this.limits = limits;
        }

        @Override
        protected void initEngine(SSLEngine engine) {}

        @Override
        protected SslHandler newHandler(ByteBufAllocator buffers, boolean startTls, Executor executor) {
            return new TlsHandler(super.newHandler(buffers, startTls, executor).engine(), executor, limits);
        }

        @Override
        protected SslHandler newHandler(
                ByteBufAllocator buffers, String host, int port, boolean startTls, Executor executor) {
            return new TlsHandler(
                    super.newHandler(buffers, host, port, startTls, executor).engine(), executor, limits);
        }
    }
}
