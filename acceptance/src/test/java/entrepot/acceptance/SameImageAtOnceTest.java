package entrepot.acceptance;

import static entrepot.acceptance.Served.ECR;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.ImageAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.LayerAlreadyExistsException;

/// What a matrix build does to a registry: everyone pushes the same base at the same moment.
class SameImageAtOnceTest {

    private static final int CLIENTS = 64;

    private final String repository = Served.newRepository();
    private final SampleImage image = SampleImage.ofSize(200_000);

    @Test
    void every_client_of_the_v2_door_succeeds() throws Exception {
        try (var registry = new OciPush()) {
            var statuses = atOnce(() -> {
                for (var blob : image.blobs()) {
                    assertThat(registry.blob(repository, blob)).isEqualTo(201);
                }
                return registry.manifest(repository, "v1", image);
            });
            assertThat(statuses).containsOnly(201);
            assertThat(registry.manifest(repository, "v1").body()).asString().isEqualTo(image.manifest());
        }
        assertThatOneImageIsThere();
    }

    @Test
    void one_client_of_the_json_door_puts_the_image_and_the_others_hear_that_it_is_there() throws Exception {
        var answers = atOnce(() -> {
            image.blobs().forEach(this::pushUnlessThere);
            return put();
        });
        assertThat(Collections.frequency(answers, "put")).isEqualTo(1);
        assertThat(Collections.frequency(answers, "already there")).isEqualTo(CLIENTS - 1);
        assertThatOneImageIsThere();
    }

    private void pushUnlessThere(byte[] blob) {
        try {
            EcrPush.layer(repository, blob);
        } catch (LayerAlreadyExistsException another) {
            assertThat(another.statusCode()).isEqualTo(400);
        }
    }

    private String put() {
        try {
            EcrPush.put(repository, "v1", image);
            return "put";
        } catch (ImageAlreadyExistsException another) {
            return "already there";
        } catch (EcrException failure) {
            return failure.toString();
        }
    }

    private void assertThatOneImageIsThere() {
        assertThat(ECR.listImages(request -> request.repositoryName(repository)).imageIds())
                .singleElement()
                .satisfies(found -> assertThat(found.imageDigest()).isEqualTo(image.digest()));
    }

    private static <T> List<T> atOnce(Callable<T> work) throws Exception {
        var results = new ArrayList<T>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var result : clients.invokeAll(Collections.nCopies(CLIENTS, work))) {
                results.add(result.get());
            }
        }
        return results;
    }
}
