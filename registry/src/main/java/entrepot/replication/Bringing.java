package entrepot.replication;

import entrepot.domain.Digest;
import entrepot.domain.EveryApiError;
import entrepot.domain.ImageChange.Kind;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryError;
import entrepot.domain.Tag;
import entrepot.replication.Destination.Brought;
import entrepot.replication.SourceImages.Found;
import entrepot.store.Replication.Change;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a destination as the source was after a change. An image comes after what it names; what is not here any more
/// does not come at all.
record Bringing(SourceImages source, Destination destination, Change change) {

    /// Of whatever fails that nobody has words for, such as damaged bytes: it holds nothing back for days.
    static final String FAULT = "Server";

    private static final Logger LOG = LoggerFactory.getLogger(Bringing.class);

    /// What came of it.
    sealed interface Outcome {

        /// It is there, or there was nothing to bring.
        record Done() implements Outcome {}

        /// It is refused for good.
        ///
        /// @param parts codes of what the image names
        record Failed(String code, List<String> parts) implements Outcome {}

        /// It cannot be done now.
        ///
        /// @param code what it fails with in the end; null where that is another one's doing
        record Later(String why, @Nullable String code) implements Outcome {}
    }

    /// What an image names cannot be brought.
    private static final class PartException extends IOException {
        private final transient Outcome.Failed part;

        PartException(Outcome.Failed part) {
            super(part.code());
            this.part = part;
        }
    }

    Outcome run() throws InterruptedException {
        try {
            if (change.kind().brings()) {
                bring();
            } else {
                delete();
            }
            return new Outcome.Done();
        } catch (IOException | RuntimeException e) {
            return outcome(e);
        }
    }

    private static Outcome outcome(Exception failure) {
        return switch (failure) {
            case PartException part -> new Outcome.Failed(part.part.code(), List.of(part.part.code()));
            case RefusedException refused when refused.isForGood() -> new Outcome.Failed(refused.code(), List.of());
            case RefusedException refused -> new Outcome.Later(String.valueOf(refused.getMessage()), refused.code());
            case RegistryException refused -> outcome(refused.error());
            case IOException away -> new Outcome.Later(String.valueOf(away.getMessage()), null);
            default -> {
                LOG.debug("not brought", failure);
                yield new Outcome.Later(failure.toString(), FAULT);
            }
        };
    }

    /// What is refused may be allowed later, since either side changes meanwhile.
    private static Outcome outcome(RegistryError error) {
        return switch (error) {
            case EveryApiError.AccessDenied _, RepositoryError.LimitExceeded _ ->
                new Outcome.Failed(code(error), List.of());
            case RepositoryError.Kms kms when !kms.isPassing() -> new Outcome.Failed(code(error), List.of());
            case EveryApiError _, RepositoryError.Kms _ -> new Outcome.Later(error.message(), null);
            default -> new Outcome.Later(error.message(), code(error));
        };
    }

    private static String code(RegistryError error) {
        var type = error.type();
        return type.endsWith("Exception") ? type.substring(0, type.length() - "Exception".length()) : type;
    }

    private void bring() throws IOException, InterruptedException {
        var found = source.find(change.repository(), change.digest());
        if (found.isPresent()) {
            var tags = change.backfill() == null ? change.tags() : source.tagsOf(found.get(), change.tags());
            bring(found.get(), tags);
        }
    }

    /// What an image names goes first, however deep it is.
    private void bring(Found image, List<Tag> tags) throws IOException, InterruptedException {
        var there = new HashSet<Digest>();
        if (destination.has(change.repository(), change.digest())) {
            put(source.brought(image, tags));
            return;
        }
        var open = new ArrayDeque<>(List.of(image));
        while (!open.isEmpty()) {
            var next = open.getFirst();
            var manifest = source.brought(next, isWhole(next) ? tags : List.of());
            var parts = source.parts(manifest);
            var missing = missing(parts.children(), there);
            if (missing.isEmpty()) {
                bring(next, manifest, parts.blobs(), isWhole(next));
                there.add(open.removeFirst().image().digest());
            }
            missing.forEach(open::addFirst);
        }
    }

    private boolean isWhole(Found image) {
        return image.image().digest().equals(change.digest());
    }

    /// Of these images, those that are here and not there.
    private List<Found> missing(List<Digest> images, Set<Digest> there) throws IOException, InterruptedException {
        var missing = new ArrayList<Found>();
        for (var image : images) {
            if (!there.contains(image)) {
                var found = source.find(change.repository(), image);
                if (found.isEmpty() || destination.has(change.repository(), image)) {
                    there.add(image);
                } else {
                    missing.add(found.get());
                }
            }
        }
        return missing;
    }

    private void bring(Found image, Brought manifest, List<Digest> layers, boolean isWhole)
            throws IOException, InterruptedException {
        try {
            for (var layer : source.layers(image.repository(), layers)) {
                destination.layer(change.repository(), layer);
            }
            destination.put(change.repository(), image.image().digest(), manifest);
        } catch (IOException | RegistryException e) {
            if (!isWhole && outcome(e) instanceof Outcome.Failed failed) {
                throw new PartException(failed);
            }
            throw e;
        }
    }

    private void put(Brought manifest) throws IOException, InterruptedException {
        destination.put(change.repository(), change.digest(), manifest);
    }

    private void delete() throws IOException, InterruptedException {
        if (change.kind() != Kind.UNTAG) {
            destination.delete(change.repository(), change.digest());
            for (var tag : change.tags()) {
                destination.untag(change.repository(), tag);
            }
            return;
        }
        for (var tag : change.tags()) {
            destination.untag(change.repository(), tag, change.digest());
        }
    }
}
