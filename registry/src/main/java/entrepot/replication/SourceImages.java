package entrepot.replication;

import entrepot.domain.Digest;
import entrepot.domain.Limits;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryArn;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.operation.image.ImageParts;
import entrepot.replication.Destination.Brought;
import entrepot.sealing.Vault;
import entrepot.store.MetadataStore;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// The images as they are here, for whoever brings them elsewhere.
record SourceImages(MetadataStore metadata, Vault vault, Limits limits) {

    /// An image that can be brought.
    record Found(Repository repository, StoredImage image) {}

    /// Empty if it is not there any more, or is archived: then it is brought when it comes back.
    Optional<Found> find(RepositoryArn name, Digest digest) {
        return metadata.read(tx -> tx.repositories()
                        .find(name.registry(), name.repository())
                        .flatMap(repository ->
                                tx.images().find(repository, digest).map(image -> new Found(repository, image))))
                .filter(found -> found.image().archival().isActive());
    }

    Brought brought(Found found, List<Tag> tags) {
        var cover = vault.cover(found.repository());
        var bytes = metadata.read(tx -> tx.images().manifest(found.image(), cover));
        return new Brought(bytes, found.image().mediaType(), tags);
    }

    ImageParts parts(Brought manifest) {
        return ImageParts.of(manifest.bytes(), manifest.type(), limits);
    }

    /// Those of the tags that point at the image now.
    List<Tag> tagsOf(Found found, List<Tag> tags) {
        var now = new HashSet<>(metadata.read(tx -> tx.images()
                .tagsOf(found.repository(), List.of(found.image()))
                .getOrDefault(found.image().id(), List.of())));
        return tags.stream().filter(now::contains).toList();
    }

    /// Those of the layers that are here: a sparse manifest may name more.
    List<Digest> layers(Repository repository, List<Digest> named) {
        return metadata.read(tx -> {
            var here = tx.layers().find(repository, named);
            return named.stream().filter(here::containsKey).toList();
        });
    }
}
