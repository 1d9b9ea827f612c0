package entrepot.operation;

import entrepot.auth.Caller;
import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.Reference;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a repository has not yet, and another registry has: where a rule of the pull-through cache says so, it is
/// brought while it is given out. Source: ECR user guide, "Sync an upstream registry with an Amazon ECR private
/// registry".
public interface PullThrough {

    /// Where nothing is brought from anywhere.
    PullThrough NONE = new PullThrough() {
        @Override
        public boolean mayFill(RegistryId registry, RepositoryName repository) {
            return false;
        }

        @Override
        public boolean isDue(Pull pull, Tag tag) {
            return false;
        }

        @Override
        public Optional<Image> image(Pull pull, Reference reference, @Nullable Digest here) {
            return Optional.empty();
        }

        @Override
        public Optional<Layer> layer(Pull pull, Digest digest) {
            return Optional.empty();
        }

        @Override
        public void referrers(Pull pull, Digest subject) {}
    };

    /// Who pulls by what operation from where.
    record Pull(Caller caller, Operation<?, ?> operation, RegistryId registry, RepositoryName repository) {}

    /// Whether there was a rule for the repository, a second ago at most.
    boolean mayFill(RegistryId registry, RepositoryName repository);

    /// Whether the other registry is to be asked what a tag is that is here. Does not wait for anything.
    boolean isDue(Pull pull, Tag tag);

    /// An image as the other registry has it now; from now on it is brought here with all that it has. Empty if no rule
    /// is for the repository, if there is no such image, or if what is here is to be used.
    ///
    /// Fails with what the caller may not, or where nothing is here, with what the other registry refuses.
    ///
    /// @param here what has this reference here; null if nothing has
    Optional<Image> image(Pull pull, Reference reference, @Nullable Digest here);

    /// A layer that is not here. Empty if no rule is for the repository, or if there is no such layer. Fails as
    /// [#image].
    Optional<Layer> layer(Pull pull, Digest digest);

    /// Brings what is about an image, if it was not looked for lately. What cannot be had is left out.
    void referrers(Pull pull, Digest subject);

    /// An image on its way here.
    record Image(Repository repository, Digest digest, MediaType mediaType, ManifestBytes manifest) {}

    /// A layer that was not here.
    sealed interface Layer {
        /// It is here now.
        record Here() implements Layer {}

        /// It is on its way, and can be read as it comes.
        ///
        /// @param size in bytes
        record Coming(long size, Opener bytes) implements Layer {}
    }

    /// Opens part of what is coming; both in bytes. What is read to its end has been verified.
    @FunctionalInterface
    interface Opener {
        Content open(long from, long length);
    }
}
