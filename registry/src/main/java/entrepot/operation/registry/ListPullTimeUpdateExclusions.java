package entrepot.operation.registry;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.PageSize;
import entrepot.operation.PageToken;
import entrepot.operation.Permissions;
import entrepot.store.MetadataStore;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Whose pulls are not recorded, page by page. Source: ECR API, ListPullTimeUpdateExclusions.
public final class ListPullTimeUpdateExclusions
        implements Operation<ListPullTimeUpdateExclusions.Input, ListPullTimeUpdateExclusions.Output> {

    private static final String PAGE = "pull-exclusions";

    /// The model's list is no longer than this.
    private static final int MOST = 100;

    public record Input(
            @Nullable Integer maxResults, @Nullable String nextToken) {}

    public record Output(
            List<String> pullTimeUpdateExclusions, @Nullable String nextToken) {}

    private final MetadataStore metadata;

    ListPullTimeUpdateExclusions(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.inAccount(caller, name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var size = Math.min(MOST, PageSize.of(law, input.maxResults()));
        var token = PageToken.parse(input.nextToken());
        var after = token == null ? null : token.key(PAGE, Function.identity());
        List<String> found = metadata.read(tx -> tx.pullExclusions().list(caller.registry(), after, size + 1));
        var shown = found.subList(0, Math.min(size, found.size()));
        var next = shown.size() < found.size() ? new PageToken(PAGE, shown.getLast()).toString() : null;
        return new Output(shown, next);
    }
}
