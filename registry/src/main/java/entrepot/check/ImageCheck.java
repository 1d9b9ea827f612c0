package entrepot.check;

import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.Limits;
import entrepot.domain.Manifest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.store.Cover;
import entrepot.store.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Whether a manifest's bytes are its own, and all that they name is in the same repository.
///
/// @param cover what manifests lie under
/// @param damaged blobs that were found to be
record ImageCheck(Transaction tx, Repository repository, Cover cover, Set<BlobWalk.Bytes> damaged) {

    /// What was once stored may have as many layers as any limit ever allowed.
    private static final Limits ANY = new Limits(
            new Limits.OfRegistry(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE),
            new Limits.OfImage(Integer.MAX_VALUE, Integer.MAX_VALUE),
            new Limits.OfLayer(Integer.MAX_VALUE, Long.MAX_VALUE),
            new Limits.OfPrincipal(Integer.MAX_VALUE, Long.MAX_VALUE),
            Integer.MAX_VALUE);

    /// Names that were made to collide in a table of names are read, too: a server has read them.
    private static final JsonMapper JSON = new JsonMapper(JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build());

    private static final String GONE = "the bytes of its manifest are gone";

    List<String> problems(StoredImage image) {
        return bytes(image).map(bytes -> problems(image, bytes)).orElse(List.of(GONE));
    }

    /// An image that has no bytes is no state of a store, so the store fails.
    private Optional<ManifestBytes> bytes(StoredImage image) {
        try {
            return Optional.of(tx.images().manifest(image, cover));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    private List<String> problems(StoredImage image, ManifestBytes bytes) {
        var found = bytes.digest(image.digest().algorithm());
        if (!found.equals(image.digest()) && !isSigned(image)) {
            return List.of("its manifest has bytes of " + found);
        }
        try {
            return references(image, manifest(image, bytes));
        } catch (JacksonException | RegistryException e) {
            return List.of("its manifest cannot be read");
        }
    }

    /// The digest of signed schema 1 is over a part of the bytes, which only the signature tells.
    private static boolean isSigned(StoredImage image) {
        return image.mediaType().equals(MediaType.DOCKER_SCHEMA1_SIGNED);
    }

    private static Manifest manifest(StoredImage image, ManifestBytes bytes) {
        var json = JSON.readValue(bytes.toByteArray(), new TypeReference<Map<String, Object>>() {});
        return Manifest.of(json, image.mediaType(), Law.OCI, ANY);
    }

    /// What a sparse manifest lacks is no problem, since it was so when it was pushed, but worth a word.
    Optional<String> note(StoredImage image) {
        var lacking = tx.images().absentFrom(image);
        return lacking.stream()
                .min(Comparator.naturalOrder())
                .map(first -> "is sparse: lacks %d of what it names, such as %s".formatted(lacking.size(), first));
    }

    private List<String> references(StoredImage image, Manifest manifest) {
        var needed = digests(
                manifest.blobs().stream().filter(blob -> !blob.foreign()).toList());
        var children = digests(manifest.children());
        var there = tx.images().factsFor(repository, image.digest(), List.of(), needed, children);
        var sparse = tx.images().absentFrom(image);
        var problems = new ArrayList<String>();
        var blobs = new HashSet<>(there.blobs().keySet());
        blobs.addAll(there.damaged());
        absent(needed, blobs, sparse).forEach(blob -> problems.add("lacks the blob " + blob));
        absent(children, there.children().keySet(), sparse)
                .forEach(child -> problems.add("lacks the manifest " + child));
        needed.stream()
                .filter(blob -> damaged.contains(new BlobWalk.Bytes(blob, repository.encryption())))
                .forEach(blob -> problems.add("has the damaged blob " + blob));
        return problems;
    }

    private static List<Digest> digests(Collection<Descriptor> named) {
        return named.stream().map(Descriptor::digest).distinct().toList();
    }

    private static List<Digest> absent(List<Digest> needed, Set<Digest> there, Set<Digest> sparse) {
        return needed.stream()
                .filter(digest -> !there.contains(digest) && !sparse.contains(digest))
                .toList();
    }
}
