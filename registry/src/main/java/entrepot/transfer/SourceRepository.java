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

/// A repository that images are imported from.
public interface SourceRepository {

    /// Of its own, which the target's name ends in; empty where it has none.
    String name();

    /// What is to be imported with all that it needs, in a lasting order.
    List<Root> roots() throws IOException;

    /// What a tag points at; null where only the manifest tells.
    default @Nullable Digest digest(Tag tag) throws IOException {
        return null;
    }

    /// Whose digest has been verified.
    UpstreamManifest manifest(Reference reference) throws IOException;

    /// A layer's or config's bytes, which are not verified. Its length is what the descriptor says, or the file's.
    Content blob(Descriptor blob) throws IOException;

    /// What is about a manifest and is no root.
    default List<Descriptor> referrers(Digest subject) throws IOException {
        return List.of();
    }

    /// A manifest to import.
    ///
    /// @param tag null for none
    /// @param digest null where only the source knows what the tag points at
    record Root(@Nullable Tag tag, @Nullable Digest digest) {
        Reference reference() {
            var named = digest == null ? tag : digest;
            if (named == null) {
                throw new IllegalStateException("a root without a name");
            }
            return named;
        }

        @Override
        public String toString() {
            return tag == null ? "@" + digest : ":" + tag;
        }
    }
}
