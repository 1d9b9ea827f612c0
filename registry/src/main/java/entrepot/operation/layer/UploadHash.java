package entrepot.operation.layer;

import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.Metered;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/// The hashes of an upload's bytes as far as they were looked at: SHA-256 as they pass, and whatever is lacking when a
/// digest is asked for, so that no byte is looked at twice however often one asks. Used by whoever holds the upload.
final class UploadHash {

    /// Hashed at a time at most, in bytes, after which others have their turn.
    private static final int SLICE = 4 << 20;

    /// Hashing keeps a processor busy, so some are left to others.
    private static final Semaphore PROCESSORS =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    /// Opens some of the upload's bytes; both in bytes.
    interface Source {
        Content open(long from, long length) throws IOException;
    }

    private Map<Digest.Algorithm, Running> running = new EnumMap<>(Digest.Algorithm.class);

    /// As it was before the newest part.
    private Map<Digest.Algorithm, Running> before = new EnumMap<>(Digest.Algorithm.class);

    /// The bytes of a part that begins at `offset`, hashed as they pass if all before them were.
    Content passing(long offset, Content content) {
        back(offset);
        before = copy(running);
        var sha256 = running.computeIfAbsent(Digest.Algorithm.SHA256, Running::new);
        return sha256.length == offset ? new Metered(content, sha256) : content;
    }

    /// Forgets bytes from `length` on: they do not count, and others may come in their place.
    void back(long length) {
        running = upTo(length, running);
        for (var known : upTo(length, before).entrySet()) {
            running.putIfAbsent(known.getKey(), known.getValue().copy());
        }
    }

    private static Map<Digest.Algorithm, Running> upTo(long length, Map<Digest.Algorithm, Running> hashes) {
        var kept = new EnumMap<Digest.Algorithm, Running>(Digest.Algorithm.class);
        hashes.forEach((algorithm, hash) -> {
            if (hash.length <= length) {
                kept.put(algorithm, hash);
            }
        });
        return kept;
    }

    private static Map<Digest.Algorithm, Running> copy(Map<Digest.Algorithm, Running> hashes) {
        var copies = new EnumMap<Digest.Algorithm, Running>(Digest.Algorithm.class);
        hashes.forEach((algorithm, hash) -> copies.put(algorithm, hash.copy()));
        return copies;
    }

    /// The digest of the first `length` bytes, if all of them were looked at, and no others.
    Optional<Digest> known(Digest.Algorithm algorithm, long length) {
        return Optional.ofNullable(running.get(algorithm))
                .filter(hash -> hash.length == length)
                .map(Running::digest);
    }

    /// The digest of the first `length` bytes, of which those that did not pass are read, in one go.
    ///
    /// @throws GivenUpException when it is no longer wanted; what was read needs not be read again
    Digest of(Digest.Algorithm algorithm, long length, Source source, BooleanSupplier wanted) throws IOException {
        back(length);
        var hash = running.computeIfAbsent(algorithm, Running::new);
        if (hash.length < length) {
            source.open(hash.length, length - hash.length).writeTo(new Looking(hash, wanted));
        }
        if (hash.length != length) {
            throw new IOException("%d bytes came instead of %d".formatted(hash.length, length));
        }
        return hash.digest();
    }

    /// One hash, and of how many bytes.
    private static final class Running implements Metered.Meter {
        final Digest.Algorithm algorithm;
        final MessageDigest hash;
        long length;

        Running(Digest.Algorithm algorithm) {
            this(algorithm, algorithm.newComputation(), 0);
        }

        private Running(Digest.Algorithm algorithm, MessageDigest hash, long length) {
            this.algorithm = algorithm;
            this.hash = hash;
            this.length = length;
        }

        @Override
        public void after(ByteBuffer bytes) {
            length += bytes.remaining();
            hash.update(bytes);
        }

        Digest digest() {
            return Digest.of(algorithm, copy().hash.digest());
        }

        Running copy() {
            try {
                return new Running(algorithm, (MessageDigest) hash.clone(), length);
            } catch (CloneNotSupportedException e) {
                throw new AssertionError("every JDK can copy its hashes", e);
            }
        }
    }

    /// What is written here is hashed, as long as anybody wants it.
    private record Looking(Running hash, BooleanSupplier wanted) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (!wanted.getAsBoolean()) {
                throw new GivenUpException();
            }
            var count = Math.min(SLICE, bytes.remaining());
            PROCESSORS.acquireUninterruptibly();
            try {
                hash.after(bytes.slice(bytes.position(), count));
            } finally {
                PROCESSORS.release();
            }
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // nothing is held open
        }
    }
}
