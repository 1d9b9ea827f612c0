package entrepot.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import entrepot.domain.AccountId;
import entrepot.domain.BlobKey;
import entrepot.domain.Digest;
import entrepot.domain.LayerError;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredImage;
import entrepot.domain.StoredLayer;
import entrepot.domain.Tag;
import entrepot.domain.TagMutability;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What the contracts of all table groups share: a store that is empty before each test, and things to put into it.
public abstract class TablesContract {

    protected static final RegistryId REGISTRY = new RegistryId(new AccountId("123456789012"), "eu-central-1");
    protected static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");

    private MetadataStore store;

    protected abstract MetadataStore open();

    @BeforeEach
    void open_the_store() {
        store = open();
    }

    @AfterEach
    void close_the_store() {
        store.close();
    }

    protected final MetadataStore store() {
        return store;
    }

    protected final void write(Consumer<Transaction> work) {
        store.transact(transaction -> {
            work.accept(transaction);
            return true;
        });
    }

    // Reads by the kind of what they give, since `assertThat` cannot tell what kind a lambda gives.

    protected final <T> Optional<T> found(Function<Transaction, Optional<T>> work) {
        return store.read(work);
    }

    protected final <T> List<T> listed(Function<Transaction, List<T>> work) {
        return store.read(work);
    }

    protected final <K, V> Map<K, V> mapped(Function<Transaction, Map<K, V>> work) {
        return store.read(work);
    }

    protected final boolean holds(Predicate<Transaction> condition) {
        return store.read(condition::test);
    }

    protected final StoredLayer layerOf(Repository repository, String text) {
        return requireNonNull(mapped(tx -> tx.layers().find(repository, List.of(digest(text))))
                .get(digest(text)));
    }

    protected final Repository repository(String name) {
        return store.transact(tx -> repository(tx, name));
    }

    protected static Repository repository(Transaction tx, String name) {
        return tx.repositories().create(REGISTRY, new RepositoryName(name), TagMutability.MUTABLE, false, NOW);
    }

    protected static Digest digest(String text) {
        return Digest.of(
                Digest.Algorithm.SHA256,
                Digest.Algorithm.SHA256.newComputation().digest(text.getBytes(UTF_8)));
    }

    protected static BlobKey newKey() {
        return new BlobKey(UUID.randomUUID().toString());
    }

    /// A blob that is stored and linked.
    protected static Digest layer(Transaction tx, Repository repository, String text) {
        var blob = tx.layers().store(digest(text), text.length(), newKey(), null, NOW);
        tx.layers().link(repository, blob, NOW);
        return blob.digest();
    }

    protected static NewImage image(Digest digest, Map<Digest, String> blobs, List<Digest> children) {
        return new NewImage(digest, MediaType.OCI_MANIFEST, null, null, null, 7, blobs, children, NOW, 0);
    }

    /// An image whose manifest is `text`, without blobs.
    protected static StoredImage image(Transaction tx, Repository repository, String text) {
        return tx.images()
                .add(repository, image(digest(text), Map.of(), List.of()), ManifestBytes.ofText(text), Cover.NONE);
    }

    /// An image with tags.
    protected static StoredImage image(Transaction tx, Repository repository, String text, String... tags) {
        var image = image(tx, repository, text);
        for (var tag : tags) {
            tx.images().tag(repository, new Tag(tag), image, NOW);
        }
        return image;
    }

    /// Any refusal.
    protected static RegistryException refusal() {
        return new RegistryException(new LayerError.LayerPartTooSmall());
    }

    protected static void refuseUnless(boolean condition) {
        if (!condition) {
            throw refusal();
        }
    }
}
