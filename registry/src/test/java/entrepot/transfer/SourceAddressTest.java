package entrepot.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Digest;
import entrepot.domain.Tag;
import entrepot.transfer.SourceAddress.Ecr;
import entrepot.transfer.SourceAddress.Folder;
import entrepot.transfer.SourceAddress.Kind;
import entrepot.transfer.SourceAddress.Registry;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceAddressTest {

    @Test
    void knows_where_images_are() {
        var digest = "sha256:" + "a".repeat(64);
        assertThat(SourceAddress.parse("docker://host:5000/lib/app:v1"))
                .isEqualTo(new Registry("host:5000", "lib/app", new Tag("v1")));
        assertThat(SourceAddress.parse("docker://[::1]:5000/app@" + digest))
                .isEqualTo(new Registry("[::1]:5000", "app", Digest.parse(digest)));
        assertThat(SourceAddress.parse("docker://localhost:5000")).isEqualTo(new Registry("localhost:5000", "", null));
        assertThat(SourceAddress.parse("docker://docker.io/alpine:3"))
                .isEqualTo(new Registry("registry-1.docker.io", "library/alpine", new Tag("3")));
        assertThat(SourceAddress.parse("ecr://123456789012.eu-west-1"))
                .isEqualTo(new Ecr("123456789012", "eu-west-1", "", null));
        assertThat(SourceAddress.parse("ecr://123456789012.eu-west-1/a/b:c"))
                .isEqualTo(new Ecr("123456789012", "eu-west-1", "a/b", new Tag("c")));
        assertThat(SourceAddress.parse("oci:/a:b")).isEqualTo(new Folder(Kind.LAYOUT, Path.of("/a:b")));
        assertThat(SourceAddress.parse("zot:x")).isEqualTo(new Folder(Kind.ZOT, Path.of("x")));
        assertThat(SourceAddress.parse("distribution:x")).isEqualTo(new Folder(Kind.DISTRIBUTION, Path.of("x")));
        assertThat(SourceAddress.parse("distribution:s3://b/p")).isEqualTo(new SourceAddress.Bucket("s3://b/p"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "docker:host/app",
                "docker://",
                "docker:///app",
                "docker://host/app:",
                "docker://host/app@sha256:1",
                "docker://user:secret@host/app",
                "ecr://1.eu-west-1",
                "ecr://123456789012",
                "http://host/app",
                "docker://host/app:a b"
            })
    void refuses_what_is_none(String text) {
        assertThatThrownBy(() -> SourceAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        localhost:5000,  false, http://localhost:5000
        127.0.0.1:5000,  false, http://127.0.0.1:5000
        [::1]:5000,      false, http://[::1]:5000
        a.localhost,     false, http://a.localhost
        host:5000,       false, https://host:5000
        host:5000,       true,  http://host:5000
        127.evil.com,    false, https://127.evil.com
        """)
    void speaks_TLS_but_to_this_machine(String host, boolean isPlain, String url) {
        assertThat(new Registry(host, "app", null).url(isPlain)).hasToString(url);
    }
}
