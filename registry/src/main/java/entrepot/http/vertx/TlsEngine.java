package entrepot.http.vertx;

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

    private final Serving service;

    TlsEngine(Serving service) {
        this.service = service;
    }

    @Override
    public SSLEngineOptions copy() {
        return new TlsEngine(service);
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return new DefaultSslContextFactory(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK, true) {
            @Override
            public SslContext create() throws SSLException {
                return new Context(super.create(), service);
            }
        };
    }

    private static final class Context extends DelegatingSslContext {

        private final Serving service;

        Context(SslContext context, Serving service) {
            super(context);
            this.service = service;
        }

        @Override
        protected void initEngine(SSLEngine engine) {}

        @Override
        protected SslHandler newHandler(ByteBufAllocator buffers, boolean startTls, Executor executor) {
            return new TlsHandler(super.newHandler(buffers, startTls, executor).engine(), executor, service);
        }

        @Override
        protected SslHandler newHandler(
                ByteBufAllocator buffers, String host, int port, boolean startTls, Executor executor) {
            return new TlsHandler(
                    super.newHandler(buffers, host, port, startTls, executor).engine(), executor, service);
        }
    }
}
