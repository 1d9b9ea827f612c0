package entrepot.operation.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.auth.Caller;
import entrepot.auth.Principal;
import entrepot.domain.AccountId;
import entrepot.domain.BlobKey;
import entrepot.domain.Law;
import entrepot.domain.Limits;
import entrepot.domain.RegistryAddress;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.domain.TagMutability;
import entrepot.operation.World;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.store.ForwardedBlobs;
import entrepot.store.TestStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class UnwritableUploadTest {

    private static final RegistryId ID = new RegistryId(new AccountId("123456789012"), "eu-west-1");
    private static final RepositoryName NAME = new RepositoryName("team/app");
    private static final Principal ROOT = Principal.ofRoot(ID.account(), "AKIA");
    private static final InstantSource CLOCK = InstantSource.system();

    private final ForwardedBlobs blobs = new ForwardedBlobs(TestStores.blobs()) {
        @Override
        public void create(BlobKey key) throws IOException {
            throw new IOException("this store takes no more");
        }
    };

    @Test
    void an_upload_that_cannot_be_written_is_not_open() {
        try (var metadata = TestStores.metadata()) {
            metadata.transact(tx -> tx.repositories().create(ID, NAME, TagMutability.MUTABLE, false, CLOCK.instant()));
            var uploads = new LayerUploads(metadata, TestStores.vault(blobs), new OpenUploads());
            var repositories = new RepositoryLookup(metadata, CLOCK, false);
            var initiate = new InitiateLayerUpload(repositories, uploads, CLOCK, Limits.ECR);
            var caller = new Caller(ROOT, ID, new RegistryAddress("http", "localhost"), World.ORIGIN);

            assertThatThrownBy(() -> initiate.run(caller, Law.ECR, new InitiateLayerUpload.Input(null, NAME)))
                    .isInstanceOf(UncheckedIOException.class);
            int open = metadata.read(tx -> tx.uploads().countOpen(ROOT.arn(), 10));
            assertThat(open).isZero();
        }
    }
}
