package entrepot.sealing;

import entrepot.domain.Arn;
import entrepot.domain.BlobKey;
import entrepot.domain.Encryption;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.WrappedKeys;
import entrepot.store.BlobStore;
import entrepot.store.Cover;
import entrepot.store.KeyService;
import entrepot.store.Transaction;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Where bytes are sealed and opened: the stores as they are for repositories that the storage alone encrypts, and
/// views of them for the others. What needs a key of the key service fails with a `KmsException` without it.
public final class Vault {

    private final BlobStore blobs;
    private final KeyService service;
    private final KnownDataKeys known;

    /// @param memory how long a data key is remembered that the key service unwrapped; none for not at all
    public Vault(BlobStore blobs, KeyService service, Duration memory, InstantSource clock) {
        this(blobs, service, new KnownDataKeys(memory, clock));
    }

    private Vault(BlobStore blobs, KeyService service, KnownDataKeys known) {
        this.blobs = blobs;
        this.service = service;
        this.known = known;
    }

    /// The same keys over copies of the blobs.
    public Vault over(BlobStore copies) {
        return new Vault(copies, service, known);
    }

    /// The ARN of the key that somebody named who makes a repository; see [KeyService#resolve].
    public Arn resolve(RegistryId registry, @Nullable String named) {
        return service.resolve(registry, named);
    }

    /// The key that somebody names; see [KeyService#meant].
    public KeyService.Meant meant(RegistryId registry, String named) {
        return service.meant(registry, named);
    }

    /// Part of making a repository: it may use its key from now on.
    public void grant(Transaction tx, Repository repository) {
        if (repository.encryption() instanceof Encryption.ByKey by) {
            service.grant(tx, by.key(), repository.arn());
        }
    }

    /// Part of deleting one.
    public void retire(Transaction tx, Repository repository) {
        if (repository.encryption() instanceof Encryption.ByKey by) {
            service.retire(tx, by.key(), repository.arn());
        }
    }

    /// New data keys, for the repository of this ARN, which need not be there yet.
    public WrappedKeys newKeys(Encryption.ByKey by, Arn repository) {
        return new WrappedKeys(
                by,
                repository,
                IntStream.range(0, by.layers())
                        .mapToObj(_ -> newKey(by.key(), repository))
                        .toList());
    }

    private WrappedKeys.Key newKey(Arn key, Arn repository) {
        var made = service.generate(key, repository);
        var wrapped = WrappedKeys.Key.of(made.wrapped());
        known.put(id(key, repository, wrapped), made.plain());
        Arrays.fill(made.plain(), (byte) 0);
        return wrapped;
    }

    /// New data keys for bytes of this repository; null where they are not to be sealed.
    public @Nullable WrappedKeys newKeys(Repository repository) {
        return switch (repository.encryption()) {
            case Encryption.OfStorage _ -> null;
            case Encryption.ByKey by -> {
                service.requireGrant(by.key(), repository.arn(), "GenerateDataKey");
                yield newKeys(by, repository.arn());
            }
        };
    }

    /// The blobs that are sealed under these keys, if they are, for the repository in whose name they were wrapped.
    public BlobStore blobs(@Nullable WrappedKeys keys) {
        return blobs(keys, this::granted);
    }

    /// The same, for whichever repository may read them.
    public BlobStore endedBlobs(@Nullable WrappedKeys keys) {
        return blobs(keys, this::unwrapped);
    }

    /// Whether bytes that no key seals are files here.
    public boolean isLocal() {
        return blobs.isLocal();
    }

    /// Where whoever has the address gets the bytes under this key as they are; never those of sealed ones.
    public Optional<URI> directUrl(BlobKey key, @Nullable WrappedKeys keys, Duration lifetime) throws IOException {
        return keys == null ? blobs.directUrl(key, lifetime) : Optional.empty();
    }

    private BlobStore blobs(@Nullable WrappedKeys keys, Unwrapping unwrapping) {
        var view = blobs;
        if (keys != null) {
            for (var key : keys.keys()) {
                view = new SealedBlobs(view, () -> unwrapping.of(keys, key));
            }
        }
        return view;
    }

    /// Fails unless the repository may use its key, and what lies under these keys can be read. The repository in whose
    /// name they were wrapped may be another one of the same key, and gone.
    public void require(Repository reader, @Nullable WrappedKeys keys) {
        wipe(own(reader), this::granted);
        wipe(keys, this::unwrapped);
    }

    private static void wipe(@Nullable WrappedKeys keys, Unwrapping unwrapping) {
        if (keys != null) {
            keys.keys().forEach(key -> Arrays.fill(unwrapping.of(keys, key), (byte) 0));
        }
    }

    /// What seals and opens what is kept in rows of the repository. Its data keys are unwrapped in its own name,
    /// whatever name they are written down with: those of another repository are refused by the key service.
    public Cover cover(Repository repository) {
        var keys = own(repository);
        return keys == null
                ? Cover.NONE
                : new SealedCover(
                        keys.keys().stream().map(key -> granted(keys, key)).toList());
    }

    private static @Nullable WrappedKeys own(Repository repository) {
        var keys = repository.keys();
        return keys == null ? null : new WrappedKeys(keys.by(), repository.arn(), keys.keys());
    }

    private interface Unwrapping {
        byte[] of(WrappedKeys keys, WrappedKeys.Key key);
    }

    /// For the repository in whose name the key was wrapped, as long as it may.
    private byte[] granted(WrappedKeys keys, WrappedKeys.Key key) {
        return unwrapped(keys, key, () -> service.requireGrant(keys.by().key(), keys.repository(), "Decrypt"));
    }

    private byte[] unwrapped(WrappedKeys keys, WrappedKeys.Key key) {
        return unwrapped(keys, key, () -> {});
    }

    private byte[] unwrapped(WrappedKeys keys, WrappedKeys.Key key, Runnable before) {
        var id = id(keys.by().key(), keys.repository(), key);
        return known.find(id).orElseGet(() -> {
            before.run();
            var plain = service.unwrap(keys.by().key(), keys.repository(), key.bytes());
            known.put(id, plain);
            return plain;
        });
    }

    private static KnownDataKeys.Id id(Arn key, Arn repository, WrappedKeys.Key wrapped) {
        return new KnownDataKeys.Id(key.value(), repository.value(), wrapped.base64());
    }
}
