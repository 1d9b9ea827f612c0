package entrepot.transfer;

import entrepot.domain.Reference;
import entrepot.upstream.UpstreamRegistry;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Repositories of another registry, by `/v2`.
///
/// @param repository empty for all that it lists
/// @param reference null for all tags
public record RemoteSource(
        UpstreamRegistry registry,
        String repository,
        @Nullable Reference reference) implements Source {

    private static final int MOST_PAGES = 10_000;

    @Override
    public List<SourceRepository> repositories() throws IOException {
        if (!repository.isEmpty()) {
            return List.of(new RemoteRepository(registry, repository, reference));
        }
        var all = new ArrayList<SourceRepository>();
        URI next = null;
        for (var pages = 0; pages < MOST_PAGES; pages++) {
            var page = registry.repositories(next);
            page.items().forEach(name -> all.add(new RemoteRepository(registry, name, null)));
            next = page.next();
            if (next == null) {
                return all;
            }
        }
        throw new IOException("the list of repositories has no end");
    }
}
