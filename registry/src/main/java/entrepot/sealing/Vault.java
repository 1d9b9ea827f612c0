package entrepot.sealing;

import entrepot.domain.Arn;
import entrepot.domain.Encryption;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.WrappedKeys;
import entrepot.store.BlobStore;
import entrepot.store.Cover;
import entrepot.store.KeyService;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
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
        this.blobs = blobs;
        this.service = service;
        this.known = new KnownDataKeys(memory, clock);
    }

    /// The ARN of the key that somebody named who makes a repository; see [KeyService#resolve].
    public Arn resolve(RegistryId registry, @Nullable String named) {
        return service.resolve(registry, named);
    }

    /// New data keys, for the repository of this ARN.
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
            case Encryption.ByKey by -> newKeys(by, repository.arn());
        };
    }

    /// The blobs that are sealed under these keys, if they are.
    public BlobStore blobs(@Nullable WrappedKeys keys) {
        var view = blobs;
        if (keys != null) {
            for (var key : keys.keys()) {
                view = new SealedBlobs(view, () -> unwrapped(keys, key));
            }
        }
        return view;
    }

    /// The same for those that are whole: one that lacks its end is damaged.
    public BlobStore endedBlobs(@Nullable WrappedKeys keys) {
        return blobs(keys) instanceof SealedBlobs sealed ? sealed.ended() : blobs;
    }

    /// Fails without the keys.
    public void require(@Nullable WrappedKeys keys) {
        if (keys != null) {
            keys.keys().forEach(key -> Arrays.fill(unwrapped(keys, key), (byte) 0));
        }
    }

    /// What seals and opens what is kept in rows of the repository. Its data keys are unwrapped in its own name,
    /// whatever name they are written down with: those of another repository are refused by the key service.
    public Cover cover(Repository repository) {
        var keys = repository.keys();
        return keys == null
                ? Cover.NONE
                : new SealedCover(keys.keys().stream()
                        .map(key -> unwrapped(keys.by().key(), repository.arn(), key))
                        .toList());
    }

    private byte[] unwrapped(WrappedKeys keys, WrappedKeys.Key key) {
        return unwrapped(keys.by().key(), keys.repository(), key);
    }

    private byte[] unwrapped(Arn by, Arn repository, WrappedKeys.Key key) {
        var id = id(by, repository, key);
        return known.find(id).orElseGet(() -> {
            var plain = service.unwrap(by, repository, key.bytes());
            known.put(id, plain);
            return plain;
        });
    }

    private static KnownDataKeys.Id id(Arn key, Arn repository, WrappedKeys.Key wrapped) {
        return new KnownDataKeys.Id(key.value(), repository.value(), wrapped.base64());
    }
}
