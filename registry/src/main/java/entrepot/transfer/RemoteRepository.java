package entrepot.transfer;

import entrepot.domain.Content;
import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.domain.Reference;
import entrepot.domain.Tag;
import entrepot.upstream.UpstreamManifest;
import entrepot.upstream.UpstreamRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A repository of another registry.
///
/// @param only what is imported of it; null for all tags
public record RemoteRepository(
        UpstreamRegistry registry, String name, @Nullable Reference only) implements SourceRepository {

    private static final int MOST_PAGES = 10_000;
    private static final int PIECE = 64 << 10;

    @Override
    public List<Root> roots() throws IOException {
        if (only != null) {
            return List.of(only instanceof Tag tag ? new Root(tag, null) : new Root(null, (Digest) only));
        }
        var all = new ArrayList<Root>();
        URI next = null;
        for (var pages = 0; pages < MOST_PAGES; pages++) {
            var page = registry.tags(name, next);
            page.items().forEach(tag -> all.add(new Root(tag, null)));
            next = page.next();
            if (next == null) {
                return all;
            }
        }
        throw new IOException("the list of tags has no end");
    }

    @Override
    public @Nullable Digest digest(Tag tag) throws IOException {
        return registry.head(name, tag).digest();
    }

    @Override
    public UpstreamManifest manifest(Reference reference) throws IOException {
        return registry.manifest(name, reference);
    }

    @Override
    public List<Descriptor> referrers(Digest subject) throws IOException {
        return registry.referrers(name, subject);
    }

    @Override
    public Content blob(Descriptor blob) {
        return new Streamed(registry, name, blob);
    }

    /// A blob that is asked for when it is written.
    private record Streamed(UpstreamRegistry registry, String repository, Descriptor blob) implements Content {
        @Override
        public long length() {
            return blob.size();
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            var piece = new byte[PIECE];
            try (var in = registry.blob(repository, blob.digest(), blob.size(), 0)) {
                for (var count = in.read(piece); count >= 0; count = in.read(piece)) {
                    target.write(ByteBuffer.wrap(piece, 0, count));
                }
            }
        }
    }
}
