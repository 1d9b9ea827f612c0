package entrepot.replication;

import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.RepositoryArn;
import entrepot.domain.Tag;
import java.io.IOException;
import java.util.List;

/// A registry that another one's images are brought to, into the repository of the same name, which comes to be with
/// the first one.
///
/// The repository is named as it is at the source. Whatever is refused there for good is a [RegistryException], or a
/// [RefusedException] of a registry elsewhere; an
/// IOException says that it cannot be reached now.
public interface Destination {

    /// Whether an image is there and can be pulled.
    boolean has(RepositoryArn repository, Digest image) throws IOException, InterruptedException;

    /// Brings a layer, unless it is there.
    void layer(RepositoryArn repository, Digest layer) throws IOException, InterruptedException;

    /// Brings an image whose layers and children are there, and points these tags at it, but for such as cannot be
    /// moved.
    void put(RepositoryArn repository, Digest image, Brought manifest) throws IOException, InterruptedException;

    /// Takes a tag away if it points at this image.
    void untag(RepositoryArn repository, Tag tag, Digest image) throws IOException, InterruptedException;

    /// Takes a tag away whatever it points at: the image that it was moved to went before it could be brought.
    void untag(RepositoryArn repository, Tag tag) throws IOException, InterruptedException;

    /// Takes an image away, if it is there and no list names it.
    void delete(RepositoryArn repository, Digest image) throws IOException, InterruptedException;

    /// An image as it is brought.
    record Brought(ManifestBytes bytes, MediaType type, List<Tag> tags) {}
}
