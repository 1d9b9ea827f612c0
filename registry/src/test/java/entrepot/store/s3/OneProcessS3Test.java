package entrepot.store.s3;

import entrepot.store.BlobStoreContract;
import entrepot.store.memory.MemoryPieces;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// Blobs in S3 of whoever keeps their pieces to himself, as a move does.
class OneProcessS3Test extends BlobStoreContract {

    @TempDir
    Path spool;

    private final S3Place place = TestS3.place();
    private final MemoryPieces pieces = new MemoryPieces();

    @Override
    protected S3BlobStore open() {
        return TestS3.store(place, pieces, spool);
    }
}
