package entrepot.store;

import entrepot.domain.EncryptionKey;
import entrepot.domain.RegistryId;
import entrepot.domain.ResourceTag;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The keys of the key service, with their materials, policies and tags.
public interface EncryptionKeys {

    /// By id, of whatever account and region.
    Optional<EncryptionKey> find(String id);

    /// Stores a key with its policy and its first material, which lies sealed.
    void create(EncryptionKey key, String policy, byte[] material);

    /// Gives the key of this id the description, state, deletion and rotation of `key`.
    void update(EncryptionKey key);

    /// Removes a key with everything that belongs to it, its aliases and grants too. What it encrypted is lost.
    void delete(EncryptionKey key);

    /// In the order of ids, those after the id `after`, or from the first one.
    List<EncryptionKey> list(RegistryId home, @Nullable String after, int limit);

    /// Of all accounts and regions, in the order of ids, those after the id `after`, or from the first one. For looking
    /// after the store, never for answering a client.
    List<EncryptionKey> all(@Nullable String after, int limit);

    /// Those whose time has come, the earliest first.
    List<EncryptionKey> toDelete(Instant now, int limit);

    /// Those that rotate by themselves and whose time has come, the earliest first.
    List<EncryptionKey> toRotate(Instant now, int limit);

    /// What the key encrypted with under this number.
    Optional<byte[]> material(EncryptionKey key, int number);

    /// Adds a material after the newest, which becomes the newest. Those before stay.
    ///
    /// @param onDemand whether somebody asked for it
    void addMaterial(EncryptionKey key, byte[] material, Instant now, boolean onDemand);

    /// How often somebody asked for a new material.
    int rotationsOnDemand(EncryptionKey key);

    /// As a text that its writer has found well-formed; empty if the key is not there.
    Optional<String> policy(EncryptionKey key);

    void putPolicy(EncryptionKey key, String document);

    /// In the order of keys.
    List<ResourceTag> tags(EncryptionKey key);

    /// Adds the tags; one with the key of an existing tag takes its place.
    void putTags(EncryptionKey key, Collection<ResourceTag> tags);

    /// Removing an absent one is not an error.
    void removeTags(EncryptionKey key, Collection<String> names);
}
