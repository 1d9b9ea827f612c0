package entrepot.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    private static final String HEX = "0123456789abcdef".repeat(4);

    @Test
    void a_digest_is_read_and_written() {
        var sha256 = Digest.parse("sha256:" + HEX);
        var sha512 = Digest.parse("sha512:" + HEX + HEX);

        assertThat(sha256).isEqualTo(new Digest(Digest.Algorithm.SHA256, HEX)).hasToString("sha256:" + HEX);
        assertThat(sha512).hasToString("sha512:" + HEX + HEX);
        assertThat(Digest.of(Digest.Algorithm.SHA256, sha256.hash())).isEqualTo(sha256);
        assertThat(sha256).isLessThan(sha512);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "sha256",
                "sha256:",
                "sha256:abc",
                "sha1:0123456789abcdef0123456789abcdef01234567",
                "SHA256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "sha256:0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
                "sha256:../../../../../../../../../../../../../../../../../../../../../etc",
                "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0",
                "sha512:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n",
            })
    void what_is_not_a_digest_is_refused(String text) {
        assertThat(Digest.find(text)).isEmpty();
        assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(RegistryException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "_", "V1.0_x-y", "0"})
    void a_tag_is_of_dockers_grammar(String text) {
        assertThat(new Tag(text)).hasToString(text);
        assertThat(new Tag("a".repeat(128)).name()).hasSize(128);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".a", "-a", "a+b", "a/b", "a:b", "a b", "é", "a\n"})
    void another_tag_is_refused_in_ecrs_words(String text) {
        assertThatThrownBy(() -> new Tag(text))
                .hasMessage("Invalid parameter at 'imageTag' failed to satisfy constraint: 'must satisfy regular"
                        + " expression '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}''");
        assertThatThrownBy(() -> new Tag("a".repeat(129))).isInstanceOf(RegistryException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "a/b", "team/tags/app", "a.b/c_d/e__f/g-h--i", "00"})
    void a_repository_name_may_have_parts(String text) {
        assertThat(new RepositoryName(text)).hasToString(text);
        assertThat(new RepositoryName("a".repeat(256)).value()).hasSize(256);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "A", "Ab", "a_/b", "/ab", "ab/", "a//b", "a___b", "..", "a/../b", "a%2fb", "a b", "ab\n"
            })
    void another_repository_name_is_refused(String text) {
        assertThatThrownBy(() -> new RepositoryName(text)).hasMessageContaining("'repositoryName'");
        assertThatThrownBy(() -> new RepositoryName("a".repeat(257))).isInstanceOf(RegistryException.class);
    }

    @Test
    void upload_ids_are_lower_case_uuids_in_the_order_of_time() {
        var earlier = UploadId.random(Instant.parse("2026-01-01T00:00:00Z"));
        var later = UploadId.random(Instant.parse("2026-01-01T00:00:01Z"));

        assertThat(earlier.value()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(earlier.value()).isLessThan(later.value());
        assertThat(new UploadId("ABCDEF01-0000-0000-0000-000000000000").value())
                .isEqualTo("abcdef01-0000-0000-0000-000000000000");
        assertThatThrownBy(() -> new UploadId("../../etc/passwd")).hasMessageContaining("'uploadId'");
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource({
        "000000000000, us-east-1, true",
        "123456789012, ap-southeast-2, true",
        "123456789012, us-gov-west-1, true",
        "12345678901, us-east-1, false",
        "1234567890123, us-east-1, false",
        "12345678901x, us-east-1, false",
        "123456789012, '', false",
        "123456789012, useast1, false",
        "123456789012, US-EAST-1, false",
        "123456789012, ../etc-1, false",
    })
    void a_registry_is_an_account_in_a_region(String account, String region, boolean valid) {
        assertThat(AccountId.isId(account) && RegistryId.isRegion(region)).isEqualTo(valid);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "application/vnd.oci.image.manifest.v1+json|true",
                "text/plain|true",
                "application/vnd.x+json;version=0.2|true",
                "application|false",
                "/json|false",
                "application/|false",
                "a b/c|false",
                "a/b\u0001c|false",
            })
    void a_media_type_has_two_parts(String text, boolean valid) {
        assertThat(MediaType.isMediaType(text)).isEqualTo(valid);
        assertThat(MediaType.isMediaType("a/" + "b".repeat(300))).isFalse();
    }

    @Test
    void media_types_are_compared_without_case_and_kept_as_sent() {
        var shouted = new MediaType("application/vnd.OCI.image.Manifest.v1+JSON");

        assertThat(shouted).isEqualTo(MediaType.OCI_MANIFEST).hasSameHashCodeAs(MediaType.OCI_MANIFEST);
        assertThat(shouted.isImageManifest()).isTrue();
        assertThat(shouted.value()).isEqualTo("application/vnd.OCI.image.Manifest.v1+JSON");
        assertThat(ManifestConversion.other(shouted)).contains(MediaType.DOCKER_MANIFEST);
        assertThat(new MediaType("a/b;c=D")).isEqualTo(new MediaType("A/B;c=D")).isNotEqualTo(new MediaType("a/b;c=d"));
    }
}
