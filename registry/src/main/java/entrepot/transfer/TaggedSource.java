package entrepot.transfer;

import entrepot.domain.Content;
import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.domain.Reference;
import entrepot.domain.Tag;
import entrepot.upstream.UpstreamManifest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One image of a source, or all, under other tags than its own.
public final class TaggedSource {

    private TaggedSource() {}

    /// The same images, otherwise tagged.
    ///
    /// @param only the tag of the image that is meant; null for all that there are
    /// @param tags that it gets; none for its own
    public static Source of(Source source, @Nullable Tag only, List<Tag> tags) {
        return () -> source.repositories().stream()
                .<SourceRepository>map(from -> new Tagged(from, only, tags))
                .toList();
    }

    private record Tagged(SourceRepository from, @Nullable Tag only, List<Tag> tags) implements SourceRepository {

        @Override
        public String name() {
            return from.name();
        }

        @Override
        public List<Root> roots() throws IOException {
            var meant = from.roots().stream()
                    .filter(root -> only == null || only.equals(root.tag()))
                    .toList();
            if (meant.isEmpty()) {
                throw new IOException(
                        only == null ? "there is no image in it" : "there is no image %s".formatted(only));
            }
            return tags.isEmpty() ? meant : tagged(meant);
        }

        private List<Root> tagged(List<Root> meant) throws IOException {
            var digests = meant.stream().map(Root::digest).distinct().toList();
            if (digests.size() > 1) {
                throw new IOException(
                        "there are %d images in it, and tags are for one: 'image' names it".formatted(digests.size()));
            }
            return tags.stream().map(tag -> new Root(tag, digests.getFirst())).toList();
        }

        @Override
        public UpstreamManifest manifest(Reference reference) throws IOException {
            return from.manifest(reference);
        }

        @Override
        public Content blob(Descriptor blob) throws IOException {
            return from.blob(blob);
        }

        @Override
        public List<Descriptor> referrers(Digest subject) throws IOException {
            return from.referrers(subject);
        }
    }
}
