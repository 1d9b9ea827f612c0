package entrepot.acceptance;

import static entrepot.acceptance.Served.ECR;
import static java.util.stream.IntStream.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.model.ImageAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.ImageDigestDoesNotMatchException;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.LayersNotFoundException;
import software.amazon.awssdk.services.ecr.model.ReferencedImagesNotFoundException;

class ImageOperationsTest {

    private final String repository = Served.newRepository();

    @Test
    void put_image_echoes_every_byte_and_the_digest_over_them() {
        var image = SampleImage.ofSize(1_000);
        EcrPush.layers(repository, image);
        var put = EcrPush.put(repository, "v1", image).image();
        assertThat(put.imageManifest()).isEqualTo(image.manifest());
        assertThat(put.imageId()).isEqualTo(id(image.digest(), "v1"));
        assertThat(put.imageManifestMediaType()).isEqualTo(SampleImage.TYPE);
    }

    @Test
    void put_image_moves_a_tag_and_adds_one() {
        var first = EcrPush.image(repository, "v1");
        EcrPush.put(repository, "also", first);
        var second = EcrPush.image(repository, "v1");
        assertThat(ECR.listImages(request -> request.repositoryName(repository)).imageIds())
                .containsExactlyInAnyOrder(id(first.digest(), "also"), id(second.digest(), "v1"));
    }

    @Test
    void put_image_refuses_each_thing_that_is_wrong() {
        var image = EcrPush.image(repository, "v1");
        assertThatExceptionOfType(ImageAlreadyExistsException.class)
                .isThrownBy(() -> EcrPush.put(repository, "v1", image))
                .withMessageContaining("Image with digest '%s' and tag 'v1' already exists", image.digest());
        assertThatExceptionOfType(LayersNotFoundException.class)
                .isThrownBy(() -> EcrPush.put(repository, "v2", SampleImage.ofSize(10)));
        assertThatExceptionOfType(ImageDigestDoesNotMatchException.class)
                .isThrownBy(() -> ECR.putImage(request -> request.repositoryName(repository)
                        .imageManifest(image.manifest())
                        .imageTag("v2")
                        .imageDigest(SampleImage.digestOf(new byte[1]))));
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> putText("{}"))
                .withMessageContaining("Invalid JSON syntax");
    }

    @Test
    void an_index_needs_its_images_in_the_same_repository() {
        var child = EcrPush.image(repository, "child");
        ECR.putImage(request -> request.repositoryName(repository)
                .imageManifest(indexOf(child.digest(), child.manifest().length()))
                .imageTag("index"));
        assertThatExceptionOfType(ReferencedImagesNotFoundException.class)
                .isThrownBy(() -> putText(indexOf(SampleImage.digestOf(new byte[1]), 100)));
        var refused = ECR.batchDeleteImage(request -> request.repositoryName(repository)
                .imageIds(ImageIdentifier.builder().imageDigest(child.digest()).build()));
        assertThat(refused.failures().getFirst().failureCode())
                .isEqualTo(ImageFailureCode.IMAGE_REFERENCED_BY_MANIFEST_LIST);
    }

    @Test
    void batch_get_image_answers_what_is_there_and_what_is_not() {
        var image = EcrPush.image(repository, "v1");
        var answer = ECR.batchGetImage(
                request -> request.repositoryName(repository).imageIds(tagged("v1"), tagged("nothing")));
        assertThat(answer.images()).singleElement().satisfies(found -> {
            assertThat(found.imageManifest()).isEqualTo(image.manifest());
            assertThat(found.imageId().imageDigest()).isEqualTo(image.digest());
        });
        assertThat(answer.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.failureCode()).isEqualTo(ImageFailureCode.IMAGE_NOT_FOUND));
    }

    @Test
    void describe_images_measures_them() {
        var image = EcrPush.image(repository, "v1");
        var detail = ECR.describeImages(request -> request.repositoryName(repository))
                .imageDetails()
                .getFirst();
        assertThat(detail.imageTags()).containsExactly("v1");
        assertThat(detail.imageSizeInBytes()).isEqualTo(image.layer().length + image.config().length);
        assertThat(detail.imagePushedAt()).isNotNull();
        assertThatExceptionOfType(ImageNotFoundException.class)
                .isThrownBy(() -> ECR.describeImages(
                        request -> request.repositoryName(repository).imageIds(tagged("nothing"))));
    }

    @Test
    void list_images_pages_through_all_of_them() {
        range(0, 5).forEach(number -> EcrPush.image(repository, "v" + number));
        var pages = ECR.listImagesPaginator(
                request -> request.repositoryName(repository).maxResults(2));
        assertThat(pages.imageIds())
                .extracting(ImageIdentifier::imageTag)
                .containsExactly("v0", "v1", "v2", "v3", "v4");
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> ECR.listImages(
                        request -> request.repositoryName(repository).maxResults(1001)));
    }

    @Test
    void batch_delete_image_by_the_last_tag_takes_the_image() {
        var image = EcrPush.image(repository, "v1");
        EcrPush.put(repository, "v2", image);
        delete("v1");
        assertThat(ECR.listImages(request -> request.repositoryName(repository)).imageIds())
                .containsExactly(id(image.digest(), "v2"));
        delete("v2");
        assertThat(ECR.listImages(request -> request.repositoryName(repository)).imageIds())
                .isEmpty();
    }

    private void delete(String tag) {
        var answer = ECR.batchDeleteImage(
                request -> request.repositoryName(repository).imageIds(tagged(tag)));
        assertThat(answer.failures()).isEmpty();
    }

    private void putText(String manifest) {
        ECR.putImage(request -> request.repositoryName(repository).imageManifest(manifest));
    }

    private static String indexOf(String digest, int size) {
        return """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json",
                 "manifests":[{"mediaType":"%s","digest":"%s","size":%d}]}""".formatted(SampleImage.TYPE, digest, size);
    }

    private static ImageIdentifier tagged(String tag) {
        return ImageIdentifier.builder().imageTag(tag).build();
    }

    private static ImageIdentifier id(String digest, String tag) {
        return ImageIdentifier.builder().imageDigest(digest).imageTag(tag).build();
    }
}
