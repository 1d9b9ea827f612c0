package entrepot.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Reference;
import entrepot.upstream.EcrApi;
import entrepot.upstream.UpstreamRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The repositories of an ECR.
///
/// @param repository empty for all
/// @param reference null for all tags
public record EcrSource(
        EcrApi api,
        UpstreamRegistry registry,
        String account,
        String repository,
        @Nullable Reference reference) implements Source {

    @Override
    public List<SourceRepository> repositories() throws IOException {
        var all = new ArrayList<SourceRepository>();
        for (var name : repository.isEmpty() ? names() : List.of(repository)) {
            all.add(new RemoteRepository(registry, name, reference));
        }
        return all;
    }

    private List<String> names() throws IOException {
        var all = new ArrayList<String>();
        var input = new HashMap<String, Object>(Map.of("registryId", account, "maxResults", 1000));
        for (var more = true; more; ) {
            var page = api.call("DescribeRepositories", new String(Manifests.json(input), UTF_8));
            page.path("repositories")
                    .forEach(one -> all.add(one.path("repositoryName").asString("")));
            var next = page.path("nextToken").asString("");
            more = !next.isEmpty() && !next.equals(input.put("nextToken", next));
        }
        all.sort(null);
        return all;
    }
}
