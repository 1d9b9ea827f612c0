package entrepot.upstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import entrepot.http.vertx.Pems;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {

    @TempDir
    Path folder;

    private Path authority;
    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        var pems = Pems.make(folder, "EC");
        authority = Files.writeString(folder.resolve("ca.pem"), pems.certificate());
        server = HttpsServer.create(new InetSocketAddress("0.0.0.0", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(pems)));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static SSLContext context(Pems pems) throws GeneralSecurityException, IOException {
        var text = pems.key().replaceAll("-----[A-Z ]+-----", "");
        var key = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(text)));
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("a", key, new char[0], new Certificate[] {pems.parsed()});
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private int ask(String host, @Nullable Path caFile) throws IOException {
        var place = host + ":" + server.getAddress().getPort();
        try (var connections = new Connections(Targets.allowing(place), Trust.with(caFile), Timing.USUAL)) {
            for (var i = 0; i < 2; i++) {
                connections
                        .send(Request.get(URI.create("https://" + place + "/")))
                        .close();
            }
            try (var answer = connections.send(Request.get(URI.create("https://" + place + "/")))) {
                return answer.status();
            }
        }
    }

    @Test
    void takes_the_word_of_an_authority_of_the_file() throws IOException {
        assertThat(ask("localhost", authority)).isEqualTo(204);
        assertThat(ask("127.0.0.1", authority)).isEqualTo(204);
    }

    @Test
    void takes_nobody_elses_word() {
        assertThatThrownBy(() -> ask("localhost", null)).isInstanceOf(SSLException.class);
    }

    @Test
    void takes_a_certificate_for_its_own_name_alone() {
        assertThatThrownBy(() -> ask("127.0.0.2", authority)).isInstanceOf(SSLException.class);
    }

    @Test
    void says_when_a_file_has_no_certificate() throws IOException {
        var none = Files.writeString(folder.resolve("none.pem"), "none");
        assertThatThrownBy(() -> Trust.with(none)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Trust.with(folder.resolve("nowhere.pem"))).isInstanceOf(IOException.class);
    }
}
