package entrepot.operation.image;

import static entrepot.operation.Images.byDigest;
import static entrepot.operation.Images.byTag;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.Law;
import entrepot.domain.ManifestBytes;
import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.operation.World;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertedImagesTest {

    private static final String DOCKER = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    private static final String SCHEMA1 = "application/vnd.docker.distribution.manifest.v1+json";

    private static final ManifestBytes IN_OCI = manifest(
            Images.OCI,
            "application/vnd.oci.image.config.v1+json",
            "application/vnd.oci.image.layer.v1.tar+gzip",
            "",
            "");
    private static final ManifestBytes IN_DOCKER = manifest(
            DOCKER,
            "application/vnd.docker.container.image.v1+json",
            "application/vnd.docker.image.rootfs.diff.tar.gzip",
            "",
            "");

    @AutoClose
    private final World world = World.withApp();

    private final Images images = Images.into(world, APP);

    /// As it is written after a conversion.
    private static ManifestBytes manifest(String type, String config, String layer, String ofLayer, String more) {
        return ManifestBytes.ofText("{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]%s}"
                .formatted(
                        type, descriptor(config, Images.CONFIG, ""), descriptor(layer, Images.LAYER, ofLayer), more));
    }

    private static String descriptor(String type, byte[] blob, String more) {
        return "{\"mediaType\":\"%s\",\"size\":%d,\"digest\":\"%s\"%s}"
                .formatted(type, blob.length, Layers.sha256(blob), more);
    }

    private static ManifestBytes spaced(ManifestBytes manifest) {
        return ManifestBytes.ofText(manifest.text().replace(",", ",\n   "));
    }

    private ImageView get(List<String> accepted, ImageIdentifier id) {
        var output = images.get(APP, accepted, id);
        assertThat(output.failures()).isEmpty();
        return output.images().getFirst();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_tag_is_answered_in_the_other_format_which_can_then_be_asked_for_by_its_digest(boolean fromDocker) {
        var stored = spaced(fromDocker ? IN_DOCKER : IN_OCI);
        var expected = fromDocker ? IN_OCI : IN_DOCKER;
        var accepted = List.of("application/x", fromDocker ? Images.OCI : DOCKER);
        images.put(APP, stored, "v1");

        var converted = get(accepted, byTag("v1"));

        assertThat(converted.imageManifest()).isEqualTo(expected);
        assertThat(converted.imageManifestMediaType().value()).isEqualTo(fromDocker ? Images.OCI : DOCKER);
        assertThat(converted.imageId().imageDigest()).isEqualTo(Images.digest(expected));
        for (var any : List.of(accepted, List.of(SCHEMA1))) {
            var again = get(any, byDigest(Images.digest(expected)));
            assertThat(again.imageManifest()).isEqualTo(expected);
            assertThat(again.imageId().imageDigest()).isEqualTo(Images.digest(expected));
        }
    }

    @Test
    void what_is_stored_stays_as_it_was_pushed() {
        var digest = images.put(APP, spaced(IN_OCI), "v1");
        get(List.of(DOCKER), byTag("v1"));

        assertThat(get(List.of(DOCKER), byDigest(digest)).imageManifest()).isEqualTo(spaced(IN_OCI));
        assertThat(get(List.of(DOCKER, Images.OCI), byTag("v1")).imageManifest())
                .isEqualTo(spaced(IN_OCI));
        assertThat(images.get(APP, byTag("v1")).images().getFirst().imageManifest())
                .isEqualTo(spaced(IN_OCI));
        assertThat(get(List.of(DOCKER), new ImageIdentifier(digest.toString(), "v1"))
                        .imageManifest())
                .isEqualTo(spaced(IN_OCI));
    }

    @ParameterizedTest
    @ValueSource(strings = {SCHEMA1, DOCKER_LIST, Images.OCI_INDEX, "application/json", "*", ""})
    void where_no_format_fits_the_stored_one_is_served(String accepted) {
        images.put(APP, IN_OCI, "v1");

        assertThat(get(List.of(accepted), byTag("v1")).imageManifest()).isEqualTo(IN_OCI);
    }

    @Test
    void a_media_type_is_accepted_in_any_case() {
        images.put(APP, IN_OCI, "v1");

        assertThat(get(List.of(DOCKER, Images.OCI.toUpperCase(java.util.Locale.ROOT)), byTag("v1"))
                        .imageManifest())
                .isEqualTo(IN_OCI);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tar+gzip                  | ''                            | ,"annotations":{"a":"b"}
            tar+gzip                  | ''                            | ,"annotations":{}
            tar+gzip                  | ''                            | ,"artifactType":"application/x"
            tar+gzip                  | ''                            | ,"x":1
            tar+gzip                  | ,"annotations":{"a":"b"}      | ''
            tar+gzip                  | ,"data":"b25lIGxheWVy"        | ''
            tar+gzip                  | ,"platform":{"os":"linux"}    | ''
            tar+gzip                  | ,"urls":[1e-400]              | ''
            tar+gzip                  | ,"urls":"https://example.com" | ''
            tar+zstd                  | ''                            | ''
            tar+gzip+encrypted        | ''                            | ''
            """)
    void what_the_other_format_cannot_say_is_not_converted(String layer, String ofLayer, String more) {
        var manifest = manifest(
                Images.OCI,
                "application/vnd.oci.image.config.v1+json",
                "application/vnd.oci.image.layer.v1." + layer,
                ofLayer,
                more);
        images.put(APP, manifest, "v1");

        assertThat(get(List.of(DOCKER), byTag("v1")).imageManifest()).isEqualTo(manifest);
    }

    /// As Go writes what it does not have.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ,"urls":null                             | ''
            ,"annotations":null,"platform":null      | ''
            ,"artifactType":"","data":null           | ''
            ''                                       | ,"subject":null
            ''                                       | ,"annotations":null,"artifactType":""
            """)
    void what_is_absent_is_not_lost(String ofLayer, String more) {
        var manifest = manifest(
                Images.OCI,
                "application/vnd.oci.image.config.v1+json",
                "application/vnd.oci.image.layer.v1.tar+gzip",
                ofLayer,
                more);
        images.put(APP, manifest, "v1");

        assertThat(get(List.of(DOCKER), byTag("v1")).imageManifest()).isEqualTo(IN_DOCKER);
        assertThat(get(List.of(Images.OCI), byTag("v1")).imageManifest()).isEqualTo(manifest);
    }

    @Test
    void an_image_without_layers_has_none_in_the_other_format() {
        images.put(APP, ManifestBytes.ofText(IN_OCI.text().replaceFirst(",\"layers\":.*", "}")), "v1");

        assertThat(get(List.of(DOCKER), byTag("v1")).imageManifest())
                .isEqualTo(ManifestBytes.ofText(IN_DOCKER.text().replaceFirst("\"layers\":.*", "\"layers\":[]}")));
    }

    @ParameterizedTest
    @EnumSource
    void an_image_is_deleted_by_the_digest_of_its_other_form(Law law) {
        var digest = images.put(APP, IN_OCI, "v1");
        var converted = Images.digest(IN_DOCKER);

        var deleted = images.delete(law, APP, byDigest(converted));

        assertThat(deleted.failures()).isEmpty();
        assertThat(deleted.imageIds()).containsExactly(new ImageView.ImageId(digest, new entrepot.domain.Tag("v1")));
        assertThat(images.has(APP, byDigest(converted))).isFalse();
        assertThat(images.has(APP, byDigest(digest))).isFalse();
        assertThat(images.delete(law, APP, byDigest(converted)).failures()).hasSize(1);
    }

    @Test
    void all_images_of_one_other_form_go_together_or_not_at_all() {
        var first = images.put(APP, IN_OCI, "v1");
        var second = images.put(APP, spaced(IN_OCI), "v2");
        var index = images.put(APP, Images.index(spaced(IN_OCI)), "all");
        var converted = byDigest(Images.digest(IN_DOCKER));

        assertThat(images.delete(Law.OCI, APP, converted).failures())
                .singleElement()
                .extracting(ImageFailure::failureCode)
                .isEqualTo("ImageReferencedByManifestList");
        assertThat(images.has(APP, byDigest(first))).isTrue();

        images.delete(Law.OCI, APP, byDigest(index));
        assertThat(images.delete(Law.OCI, APP, converted).imageIds()).hasSize(2);
        assertThat(images.has(APP, converted)).isFalse();
        assertThat(images.has(APP, byDigest(first))).isFalse();
        assertThat(images.has(APP, byDigest(second))).isFalse();
    }

    @Test
    void a_config_of_its_own_and_a_subject_are_not_converted() {
        var artifact = manifest(
                Images.OCI,
                "application/vnd.cncf.helm.config.v1+json",
                "application/vnd.oci.image.layer.v1.tar",
                "",
                "");
        var about = ManifestBytes.ofText(
                IN_OCI.text().replaceFirst("}$", ",\"subject\":" + descriptor(Images.OCI, Images.CONFIG, "") + "}"));
        images.put(APP, artifact, "artifact");
        images.put(APP, about, "about");

        assertThat(get(List.of(DOCKER), byTag("artifact")).imageManifest()).isEqualTo(artifact);
        assertThat(get(List.of(DOCKER), byTag("about")).imageManifest()).isEqualTo(about);
    }

    @ParameterizedTest
    @CsvSource({
        "tar, rootfs.diff.tar",
        "tar+gzip, rootfs.diff.tar.gzip",
        "nondistributable.v1.tar, rootfs.foreign.diff.tar",
        "nondistributable.v1.tar+gzip, rootfs.foreign.diff.tar.gzip"
    })
    void layers_go_by_the_name_of_the_format(String oci, String docker) {
        var type = "application/vnd.oci.image.layer." + (oci.startsWith("tar") ? "v1." : "") + oci;
        var urls = oci.startsWith("tar") ? "" : ",\"urls\":[\"https://example.com/\\\"é\"]";
        var inOci = manifest(Images.OCI, "application/vnd.oci.image.config.v1+json", type, urls, "");
        var inDocker = manifest(
                DOCKER,
                "application/vnd.docker.container.image.v1+json",
                "application/vnd.docker.image." + docker,
                urls,
                "");
        images.put(APP, inOci, "oci");
        images.put(APP, inDocker, "docker");

        assertThat(get(List.of(DOCKER), byTag("oci")).imageManifest()).isEqualTo(inDocker);
        assertThat(get(List.of(Images.OCI), byTag("docker")).imageManifest()).isEqualTo(inOci);
    }

    @Test
    void a_list_is_served_as_it_is_since_it_names_its_children_by_digest() {
        images.put(APP, IN_OCI, null);
        var index = Images.index(IN_OCI);
        images.put(APP, index, "v1");

        assertThat(get(List.of(DOCKER, DOCKER_LIST), byTag("v1")).imageManifest())
                .isEqualTo(index);
    }

    @Test
    void the_digest_of_the_other_format_names_no_image_otherwise() {
        images.put(APP, spaced(IN_OCI), "v1");
        var converted = Images.digest(IN_DOCKER);

        assertThat(images.has(APP, new ImageIdentifier(converted.toString(), "v1")))
                .isFalse();
        assertThat(images.has(APP, byDigest(converted))).isTrue();
        world.create(OTHER);
        assertThat(images.has(OTHER, byDigest(converted))).isFalse();
        images.delete(Law.ECR, APP, byTag("v1"));
        assertThat(images.has(APP, byDigest(converted))).isFalse();
    }

    @Test
    void an_image_by_sha512_is_converted_to_a_digest_by_sha512() {
        var input = new PutImage.Input(
                null, APP, IN_OCI, null, new entrepot.domain.Tag("v1"), IN_OCI.digest(Digest.Algorithm.SHA512));
        world.call(images.put, input);

        var converted = get(List.of(DOCKER), byTag("v1")).imageId().imageDigest();

        assertThat(converted).isEqualTo(IN_DOCKER.digest(Digest.Algorithm.SHA512));
        assertThat(get(List.of(DOCKER), byDigest(converted)).imageManifest()).isEqualTo(IN_DOCKER);
    }

    @Test
    void converted_manifests_count_by_their_bytes() {
        var urls = ",\"urls\":[\"https://example.com/" + "x".repeat(4_000_000) + "\"]";
        var tags = new ImageIdentifier[5];
        for (int i = 0; i < tags.length; i++) {
            var manifest = manifest(
                    Images.OCI,
                    "application/vnd.oci.image.config.v1+json",
                    "application/vnd.oci.image.layer.v1.tar",
                    urls.replace("com/", "com/" + i),
                    "");
            images.put(APP, manifest, "v" + i);
            tags[i] = byTag("v" + i);
        }

        assertThat(refusal(() -> images.get(APP, List.of(DOCKER), tags))).startsWith("LimitExceededException: ");
    }
}
