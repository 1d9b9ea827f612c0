package entrepot.operation.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.BlobKey;
import entrepot.operation.World;
import entrepot.store.ForwardedBlobs;
import entrepot.store.TestStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class UnwritableUploadTest {

    private final ForwardedBlobs blobs = new ForwardedBlobs(TestStores.blobs()) {
        @Override
        public void create(BlobKey key) throws IOException {
            throw new IOException("this store takes no more");
        }
    };

    @Test
    void an_upload_that_cannot_be_written_is_not_open() {
        try (var world = World.withApp(blobs)) {
            var initiate = world.the(InitiateLayerUpload.class);

            assertThatThrownBy(() -> world.call(initiate, new InitiateLayerUpload.Input(null, World.APP)))
                    .isInstanceOf(UncheckedIOException.class);
            int open = world.metadata.read(
                    tx -> tx.uploads().countOpen(world.root.principal().arn(), 10));
            assertThat(open).isZero();
        }
    }
}
