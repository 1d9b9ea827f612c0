package entrepot.job;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Progress;
import entrepot.store.BlobStore;
import entrepot.store.ForwardedBlobs;
import entrepot.store.ForwardedMetadata;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Stores that break off in the middle of something.
final class BrokenOff {

    private BrokenOff() {}

    /// Does all that it is asked for, and says after so many times that it does not know whether it did.
    static MetadataStore unanswered(MetadataStore store, int after) {
        var commits = new AtomicInteger();
        return new ForwardedMetadata(store) {
            @Override
            public <T> T transact(Function<Transaction, T> work) {
                var done = super.transact(work);
                if (commits.getAndIncrement() >= after) {
                    throw new IllegalStateException("no answer");
                }
                return done;
            }
        };
    }

    /// Fails from a call on, as if nothing had been done.
    static BlobStore dying(BlobStore store, int after) {
        return new ForwardedBlobs(store) {
            private int calls;

            private void die() throws IOException {
                if (calls++ >= after) {
                    throw new IOException("dead");
                }
            }

            @Override
            public void create(BlobKey key) throws IOException {
                die();
                super.create(key);
            }

            @Override
            public Progress append(BlobKey key, Progress from, Content bytes) throws IOException {
                die();
                return super.append(key, from, bytes);
            }

            @Override
            public void seal(BlobKey key, Progress progress) throws IOException {
                die();
                super.seal(key, progress);
            }

            @Override
            public void delete(BlobKey key) throws IOException {
                die();
                super.delete(key);
            }
        };
    }
}
