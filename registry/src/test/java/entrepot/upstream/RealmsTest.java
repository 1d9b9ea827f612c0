package entrepot.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.upstream.wire.Origin;
import entrepot.upstream.wire.Targets;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealmsTest {

    private static Realms of(String registry) throws IOException {
        return new Realms(Origin.of(URI.create(registry)), Targets.allowing("login.example.com", "localhost:9"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        https://registry-1.docker.io, https://auth.docker.io/token
        https://registry.gitlab.com,  https://gitlab.com/jwt/auth
        https://quay.io,              https://quay.io/v2/auth
        https://h.example.com:5000,   https://h.example.com:5001/auth
        http://h.example.com,         http://h.example.com/auth
        http://h.example.com,         https://h.example.com/auth
        https://h.example.com,        https://login.example.com/auth
        https://h.example.com,        http://localhost:9/auth
        """)
    void sends_the_login_to_its_own_host_a_known_one_or_an_allowed_one(String registry, String realm)
            throws IOException {
        assertThat(of(registry).require(realm)).isEqualTo(URI.create(realm));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        https://registry-1.docker.io, https://auth.docker.io.evil.com/token
        https://registry-1.docker.io, http://auth.docker.io/token
        https://registry-1.docker.io, https://auth.docker.io:444/token
        https://registry-1.docker.io, https://gitlab.com/jwt/auth
        http://registry-1.docker.io,  https://auth.docker.io/token
        https://evil.example.com,     https://auth.docker.io/token
        https://h.example.com,        http://h.example.com/auth
        https://h.example.com,        https://h.example.com@evil.com/auth
        https://h.example.com,        https://evil.com/h.example.com
        https://h.example.com,        /token
        https://h.example.com,        file:///etc/passwd
        https://h.example.com,        'https://h example'
        https://h.example.com,        ''
        """)
    void and_nowhere_else(String registry, String realm) throws IOException {
        var realms = of(registry);
        assertThatThrownBy(() -> realms.require(realm))
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.failure()).isInstanceOf(Failure.AccessDenied.class));
    }
}
