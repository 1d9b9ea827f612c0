package entrepot.acceptance;

import static entrepot.acceptance.Served.ECR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.model.EmptyUploadException;
import software.amazon.awssdk.services.ecr.model.InvalidLayerException;
import software.amazon.awssdk.services.ecr.model.InvalidLayerPartException;
import software.amazon.awssdk.services.ecr.model.Layer;
import software.amazon.awssdk.services.ecr.model.LayerAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.LayerAvailability;
import software.amazon.awssdk.services.ecr.model.LayerPartTooSmallException;
import software.amazon.awssdk.services.ecr.model.LayersNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.UploadNotFoundException;

class LayerOperationsTest {

    private static final int MIB = 1 << 20;
    private static final String NEVER = "00000000-0000-4000-8000-000000000000";

    private final String repository = Served.newRepository();
    private final byte[] small = SampleImage.ofSize(3_000).layer();

    @Test
    void a_layer_in_parts_of_ten_mebibytes_comes_back_as_it_went_in() throws Exception {
        var layer = SampleImage.ofSize(25 * MIB + 1).layer();
        var digest = SampleImage.digestOf(layer);

        assertThat(EcrPush.layer(repository, layer)).isEqualTo(digest);
        assertThat(download(digest)).isEqualTo(layer);
    }

    @Test
    void upload_layer_part_wants_the_next_byte_and_takes_the_same_part_twice() {
        var upload = EcrPush.begin(repository);
        assertThat(EcrPush.part(repository, upload, 0, small)).isEqualTo(small.length - 1);
        assertThat(EcrPush.part(repository, upload, 0, small)).isEqualTo(small.length - 1);
        assertThatExceptionOfType(InvalidLayerPartException.class)
                .isThrownBy(() -> EcrPush.part(repository, upload, 5_000, small))
                .satisfies(
                        refusal -> assertThat(refusal.lastValidByteReceived()).isEqualTo(small.length - 1));
        assertThatExceptionOfType(UploadNotFoundException.class)
                .isThrownBy(() -> EcrPush.part(repository, NEVER, 0, small));
    }

    @Test
    void complete_layer_upload_refuses_what_is_no_layer() {
        var empty = EcrPush.begin(repository);
        assertThatExceptionOfType(EmptyUploadException.class)
                .isThrownBy(() -> EcrPush.complete(repository, empty, SampleImage.digestOf(small)));
        var other = EcrPush.begin(repository);
        EcrPush.part(repository, other, 0, small);
        assertThatExceptionOfType(InvalidLayerException.class)
                .isThrownBy(() -> EcrPush.complete(repository, other, SampleImage.digestOf(new byte[1])));
        assertThat(EcrPush.complete(repository, other, SampleImage.digestOf(small)))
                .isEqualTo(SampleImage.digestOf(small));
    }

    @Test
    void a_part_below_five_mebibytes_must_be_the_last() {
        var upload = EcrPush.begin(repository);
        EcrPush.part(repository, upload, 0, small);
        EcrPush.part(repository, upload, small.length, small);
        assertThatExceptionOfType(LayerPartTooSmallException.class)
                .isThrownBy(() -> EcrPush.complete(repository, upload, SampleImage.digestOf(small)));
    }

    @Test
    void a_layer_that_is_there_already_is_said_to_be() {
        EcrPush.layer(repository, small);
        assertThatExceptionOfType(LayerAlreadyExistsException.class).isThrownBy(() -> EcrPush.layer(repository, small));
    }

    @Test
    void batch_check_layer_availability_tells_each_digest() {
        EcrPush.layer(repository, small);
        var absent = SampleImage.digestOf(new byte[1]);
        var answer = ECR.batchCheckLayerAvailability(request ->
                request.repositoryName(repository).layerDigests(SampleImage.digestOf(small), absent, "no digest"));
        assertThat(answer.layers())
                .extracting(Layer::layerAvailability)
                .containsExactlyInAnyOrder(LayerAvailability.AVAILABLE, LayerAvailability.UNAVAILABLE);
        assertThat(answer.failures()).hasSize(1);
    }

    @Test
    void get_download_url_for_layer_refuses_a_layer_that_is_not_here() {
        assertThatExceptionOfType(LayersNotFoundException.class)
                .isThrownBy(() -> download(SampleImage.digestOf(small)));
    }

    @Test
    void an_upload_needs_a_repository() {
        assertThatExceptionOfType(RepositoryNotFoundException.class)
                .isThrownBy(() -> EcrPush.begin(repository + "-not"));
    }

    private byte[] download(String digest) throws Exception {
        var url = ECR.getDownloadUrlForLayer(
                        request -> request.repositoryName(repository).layerDigest(digest))
                .downloadUrl();
        try (var plain = new OciPush()) {
            return plain.get(URI.create(url));
        }
    }
}
