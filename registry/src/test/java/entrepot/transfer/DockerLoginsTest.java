package entrepot.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.upstream.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerLoginsTest {

    @TempDir
    Path folder;

    private DockerLogins logins(String config) throws IOException {
        return new DockerLogins(Files.writeString(folder.resolve("config.json"), config));
    }

    @Test
    void takes_what_docker_login_wrote() throws IOException {
        var logins = logins("""
                {"auths": {"host:5000": {"auth": "am9lOnM6ZWNyZXQ="}, "https://index.docker.io/v1/": {"auth": "aHViOng="},
                "https://old.example.com/v2/": {"username": "u", "password": "p"}, "acr": {"auth": "eDo=", "identitytoken": "t"},
                "empty": {}}}""");
        assertThat(logins.of("host:5000", false)).isEqualTo(new Login.Password("joe", "s:ecret"));
        assertThat(logins.of("registry-1.docker.io", true)).isEqualTo(new Login.Password("hub", "x"));
        assertThat(logins.of("old.example.com", false)).isEqualTo(new Login.Password("u", "p"));
        assertThat(logins.of("acr", false)).isEqualTo(new Login.IdentityToken("t"));
        assertThat(logins.of("empty", false)).isEqualTo(Login.ANONYMOUS);
        assertThat(logins.of("host", false)).isEqualTo(Login.ANONYMOUS);
        assertThat(logins.of("other", false)).isEqualTo(Login.ANONYMOUS);
    }

    @Test
    void is_nobody_without_a_file() throws IOException {
        assertThat(new DockerLogins(folder.resolve("none")).of("host", false)).isEqualTo(Login.ANONYMOUS);
    }

    @Test
    void refuses_what_it_cannot_read_without_repeating_it() throws IOException {
        var bad = logins(
                "{\"auths\": {\"host\": {\"auth\": \"%%secret%%\"}}, \"credHelpers\": {\"x\": \"../../bin/sh\"}}");
        assertThatThrownBy(() -> bad.of("host", false))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> bad.of("x", false)).isInstanceOf(IOException.class);
        var none = logins("[]");
        assertThatThrownBy(() -> none.of("host", false)).isInstanceOf(IOException.class);
    }
}
