package entrepot.store.s3;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Progress;
import entrepot.store.BlobStore;
import entrepot.store.NoSuchBlobException;
import entrepot.store.PieceRows;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// Blobs as objects `<prefix>blobs/<key>`, each in its final place from the first byte on and never copied. What a blob
/// has before it is sealed lies partly in S3 and partly in the metadata, where every node finds it.
///
/// Source: Amazon S3 API; docs/decisions/0027.
public final class S3BlobStore implements BlobStore {

    private static final int DELETED_TOGETHER = 1_000;

    /// At what another request may be about to make.
    private static final int LOOKS = 5;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final S3Place place;
    private final Bucket bucket;
    private final Ledger ledger;
    private final Breaker breaker;
    private final NewFiles files;

    S3BlobStore(S3Place place, Bucket bucket, Breaker breaker, PieceRows pieces, NewFiles files) {
        this.place = place;
        this.bucket = bucket;
        this.breaker = breaker;
        this.ledger = new Ledger(pieces);
        this.files = files;
    }

    /// Nothing is asked of S3 before it is needed.
    ///
    /// @param pieces of what is not sealed
    /// @param files for bytes on their way
    /// @param watch is told of each request
    public static S3BlobStore at(S3Place place, PieceRows pieces, NewFiles files, Watch watch) {
        var clients = new Clients(place);
        var breaker = new Breaker();
        var asking = new Asking(breaker, watch);
        var bucket = Bucket.of(clients, asking);
        return new S3BlobStore(place, bucket, breaker, pieces, files);
    }

    /// Fails if the bucket cannot be used, with a message that says which key of the configuration may be wrong.
    ///
    /// @throws entrepot.store.StoreAwayException if S3 does not answer
    public void require() throws IOException {
        try {
            bucket.probe();
        } catch (Refused e) {
            throw new IOException(Advice.of(place, e), e);
        }
    }

    @Override
    public void check() throws IOException {
        try {
            bucket.ping();
        } catch (Refused e) {
            throw new IOException("refused by S3: " + e.code(), e);
        }
    }

    @Override
    public Map<String, BooleanSupplier> breakers() {
        return Map.of("s3", breaker::isOpen);
    }

    /// An object comes to be by its bytes.
    @Override
    public void create(BlobKey key) {
        // nothing is there before
    }

    @Override
    public Progress append(BlobKey key, Progress from, Content bytes) throws IOException {
        if (bytes.length() == 0) {
            ledger.forgetFrom(key, from.length());
            return from;
        }
        try (var writing = new Writing(blob(key), from)) {
            return writing.write(bytes);
        }
    }

    private Writing.Blob blob(BlobKey key) {
        return new Writing.Blob(key, bucket, ledger, files);
    }

    /// Back to what is in the first object, or to the beginning: parts cannot be cut.
    @Override
    public Progress upTo(BlobKey key, Progress progress, long length) {
        if (length >= progress.length()) {
            return progress;
        }
        var object = Math.min(length, S3State.of(progress).object());
        return object == 0
                ? Progress.NONE
                : S3State.of(Progress.NONE).withObject(object).progress(object);
    }

    @Override
    public void seal(BlobKey key, Progress progress) throws IOException {
        try {
            finish(key, S3State.of(progress), progress.length());
        } catch (NoSuchBlobException e) {
            requireSealed(key, progress.length(), e);
        }
    }

    private void finish(BlobKey key, S3State state, long length) throws IOException {
        if (length > 0 && state.object() == length) {
            return;
        }
        var tail = new Tail(blob(key), state, length);
        if (state.parts() == 0) {
            bucket.put(key, tail.body());
        } else {
            complete(key, state, tail);
        }
        if (length > 0) {
            ledger.forget(List.of(key));
        }
    }

    private void complete(BlobKey key, S3State state, Tail tail) throws IOException {
        var parts = new ArrayList<CompletedPart>();
        for (var piece : ledger.chain(key, state.lastPart())) {
            parts.add(part(piece.number(), piece.tag()));
        }
        if (tail.end() > state.partsEnd()) {
            var number = parts.size() + 1;
            parts.add(part(number, bucket.part(key, state.upload(), number, tail.body())));
        }
        bucket.complete(key, state.upload(), parts);
    }

    private static CompletedPart part(int number, String tag) {
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    /// Whoever sealed it before may not have lived to tell: then it has its length. Some servers say of an upload that
    /// was completed that it is not there, and so while they are at it, as after a line that broke.
    private void requireSealed(BlobKey key, long length, NoSuchBlobException why) throws IOException {
        for (int looks = 1; bucket.size(key).orElse(-1) != length; looks++) {
            if (looks == LOOKS) {
                throw why;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        ledger.forget(List.of(key));
    }

    @Override
    public OptionalLong size(BlobKey key) throws IOException {
        return bucket.size(key);
    }

    @Override
    public Content open(BlobKey key, long size, long from, long length) {
        return new S3Content(bucket, key, size, from, length);
    }

    @Override
    public Optional<URI> directUrl(BlobKey key, Duration lifetime) {
        return place.redirect() ? Optional.of(bucket.address(key, lifetime)) : Optional.empty();
    }

    @Override
    public void delete(BlobKey key) throws IOException {
        for (var failure : deleteAll(List.of(key)).values()) {
            throw failure;
        }
    }

    @Override
    public Map<BlobKey, IOException> deleteAll(List<BlobKey> keys) {
        var failures = new HashMap<BlobKey, IOException>();
        for (int from = 0; from < keys.size(); from += DELETED_TOGETHER) {
            var some = keys.subList(from, Math.min(keys.size(), from + DELETED_TOGETHER));
            failures.putAll(deleteSome(some));
        }
        return failures;
    }

    private Map<BlobKey, IOException> deleteSome(List<BlobKey> keys) {
        var failures = new HashMap<BlobKey, IOException>();
        try {
            for (var key : keys) {
                for (var whole : ledger.wholes(key)) {
                    bucket.abort(key, whole.tag());
                }
            }
            failures.putAll(bucket.delete(keys));
        } catch (IOException e) {
            keys.forEach(key -> failures.put(key, e));
        }
        ledger.forget(keys.stream().filter(key -> !failures.containsKey(key)).toList());
        return failures;
    }

    @Override
    public void endUnfinished(Instant before, Predicate<BlobKey> isWanted) throws IOException {
        try (var unfinished = bucket.unfinished()) {
            for (var upload : (Iterable<Unfinished>) unfinished::iterator) {
                if (upload.begun().isBefore(before) && !isWanted.test(upload.key())) {
                    bucket.abort(upload.key(), upload.upload());
                }
            }
        }
    }

    @Override
    public Stream<Lying> listed() throws IOException {
        return bucket.listed();
    }

    @Override
    public void close() {
        bucket.close();
    }

    @Override
    public String toString() {
        return "objects in s3://%s/%s".formatted(place.bucket(), place.prefix());
    }
}
