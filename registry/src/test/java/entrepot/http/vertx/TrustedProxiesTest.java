package entrepot.http.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.http.Client;
import entrepot.http.HttpHeaders;
import entrepot.http.HttpResponse;
import entrepot.http.TrustedProxies;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest extends WithServer {

    private static final TrustedProxies PROXIES =
            TrustedProxies.of(List.of("10.0.0.0/8", "192.0.2.7", "2001:db8::/32"));
    private static final Client PROXY = new Client("10.1.2.3", false);

    private static final String FORWARDED = String.join(
            "\r\n",
            "GET / HTTP/1.1",
            "Host: h",
            "X-Forwarded-For: 198.51.100.1",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: registry.example.com",
            "",
            "");

    private static Client client(String path) {
        return PROXIES.client(PROXY, HttpHeaders.EMPTY.with("x-forwarded-for", path));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            198.51.100.1                            | 198.51.100.1
            198.51.100.9, 198.51.100.1              | 198.51.100.1
            198.51.100.9, 198.51.100.1, 10.9.9.9    | 198.51.100.1
            198.51.100.1,192.0.2.7,2001:db8::1      | 198.51.100.1
            198.51.100.1:4711                       | 198.51.100.1
            [2001:dead::1]:4711                     | 2001:dead:0:0:0:0:0:1
            [2001:dead::1]                          | 2001:dead:0:0:0:0:0:1
            ::ffff:198.51.100.1                     | 198.51.100.1
            10.7.7.7, 10.8.8.8                      | 10.7.7.7
            fe80::1%eth0                            | fe80:0:0:0:0:0:0:1
            198.51.100.1, unknown                   | 10.1.2.3
            198.51.100.1, evil.example.com, 10.0.0.1 | 10.0.0.1
            198.51.100.1,                           | 10.1.2.3
            ''                                      | 10.1.2.3
            """)
    void the_client_is_the_last_address_that_is_no_proxys(String path, String address) {
        assertThat(client(path).address()).isEqualTo(address);
    }

    @Test
    void several_lines_are_one_list() {
        var headers = HttpHeaders.EMPTY
                .with("X-Forwarded-For", "198.51.100.9")
                .with("X-Forwarded-For", "198.51.100.1")
                .with("X-Forwarded-Proto", "https");

        assertThat(PROXIES.client(PROXY, headers)).isEqualTo(new Client("198.51.100.1", true, List.of(), true));
    }

    @ParameterizedTest
    @CsvSource({"https, true", "HTTPS, true", "'http, https', true", "'https, http', false", "http, false", "wss, false"
    })
    void a_trusted_proxy_says_whether_the_clients_way_is_encrypted(String proto, boolean secure) {
        var headers = HttpHeaders.EMPTY.with("X-Forwarded-Proto", proto);

        assertThat(PROXIES.client(PROXY, headers).secure()).isEqualTo(secure);
        assertThat(PROXIES.client(new Client(PROXY.address(), true), headers).secure())
                .isEqualTo(secure);
    }

    @Test
    void a_trusted_proxy_that_says_nothing_is_the_client() {
        assertThat(PROXIES.client(PROXY, HttpHeaders.EMPTY)).isEqualTo(PROXY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.8", "11.0.0.1", "2001:db9::1", "127.0.0.1"})
    void from_anybody_else_the_headers_mean_nothing(String peer) {
        var client = new Client(peer, false);
        var headers = HttpHeaders.EMPTY
                .with("Host", "h")
                .with("X-Forwarded-For", "198.51.100.1")
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", "evil.example.com")
                .with("Forwarded", "for=198.51.100.1;proto=https;host=evil.example.com");

        assertThat(PROXIES.client(client, headers)).isEqualTo(client);
        assertThat(PROXIES.headers(client, headers).first("Host")).hasValue("h");
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example.com, registry.example.com",
        "'evil.example.com, registry.example.com:8443', registry.example.com:8443",
        "a b, h",
        "a/b, h",
        "'', h",
    })
    void a_trusted_proxy_says_which_host_was_called(String sent, String host) {
        var headers = HttpHeaders.EMPTY.with("host", "h").with("X-Forwarded-Host", sent);

        assertThat(PROXIES.headers(PROXY, headers).all("Host")).containsExactly(host);
    }

    @Test
    void what_else_the_client_may_have_called_is_bounded_and_of_trusted_proxies_only() {
        var named = PROXIES.naming(IntStream.range(0, 50).mapToObj(i -> "h" + i).toList());
        var headers = HttpHeaders.EMPTY
                .with("Host", "backend:5000")
                .with("X-Forwarded-Host", "registry.example.com:443")
                .with("X-Forwarded-Port", "8443");

        assertThat(named.client(PROXY, headers).otherHosts())
                .hasSize(12)
                .startsWith("registry.example.com:8443", "registry.example.com", "backend:5000");
        assertThat(named.client(new Client("192.0.2.8", false), headers).otherHosts())
                .isEmpty();
        var odd = HttpHeaders.EMPTY.with("Host", "[2001:db8::1]:80").with("X-Forwarded-Port", "1e9");
        assertThat(PROXIES.client(PROXY, odd).otherHosts()).containsExactly("[2001:db8::1]");
    }

    @Test
    void the_header_of_rfc_7239_means_nothing() {
        var headers = HttpHeaders.EMPTY.with("Forwarded", "for=198.51.100.1;proto=https");

        assertThat(PROXIES.client(PROXY, headers)).isEqualTo(PROXY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "/8",
                "2001:db8::/129",
                "proxy.example",
                "[::1]",
                "fe80::1%eth0",
                "fe80::1%eth0/64",
                "a/8"
            })
    void what_is_no_network_is_refused(String text) {
        assertThat(TrustedProxies.isNetwork(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, 198.51.100.1, true",
        "192.0.2.6/31, 192.0.2.7, true",
        "192.0.2.6/31, 192.0.2.8, false",
        "192.0.2.8/31, 192.0.2.7, false",
        "::/0, 198.51.100.1, false",
        "::/0, 2001:db8::1, true",
        "::1, ::1, true",
        "fe80::/10, fe80::1%eth0, true",
        "fe80::/10, fe80::1%2, true",
        "fe80::1, fe80::2%eth0, false",
        "10.0.0.0/8, ::ffff:10.1.1.1, true"
    })
    void a_network_is_all_addresses_that_begin_so(String network, String address, boolean contained) {
        var proxies = TrustedProxies.of(List.of(network));
        var headers = HttpHeaders.EMPTY.with("X-Forwarded-Proto", "https");

        assertThat(proxies.client(new Client(address, false), headers).secure()).isEqualTo(contained);
    }

    /// The audit and policies are told what a client's address is, and nothing that cannot be compared.
    @Test
    void a_client_has_an_address_without_a_zone_or_is_none() {
        assertThat(new Client("fe80::1%eth0", false).address()).isEqualTo("fe80:0:0:0:0:0:0:1");
        assertThat(new Client("fe80:0:0:0:0:0:0:1%2", false)).isEqualTo(new Client("fe80::1", false));
        for (var text : List.of("", "unknown", "10.0.0.1%eth0", "%eth0", "/run/socket")) {
            assertThatThrownBy(() -> new Client(text, false)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_handler_sees_the_client_behind_the_proxy() throws Exception {
        server.stop(Duration.ZERO);
        server = HttpServer.start(
                SETTINGS.behind(TrustedProxies.of(List.of("127.0.0.1"))),
                request -> HttpResponse.of(200)
                        .withText(
                                "t/t",
                                request.clientAddress() + " "
                                        + request.calledAs().endpoint()));
        try (var client = new RawClient(server.port())) {
            client.send(FORWARDED);

            assertThat(client.read().text()).isEqualTo("198.51.100.1 https://registry.example.com");
        }
    }

    @Test
    void a_handler_sees_no_forged_client() throws Exception {
        try (var client = serve(request -> HttpResponse.of(200)
                .withText(
                        "t/t",
                        request.clientAddress() + " " + request.calledAs().endpoint()))) {
            client.send(FORWARDED);

            assertThat(client.read().text()).isEqualTo("127.0.0.1 http://h");
        }
    }
}
