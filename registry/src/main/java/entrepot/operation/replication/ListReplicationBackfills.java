package entrepot.operation.replication;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Law;
import entrepot.domain.RegistryId;
import entrepot.operation.Operation;
import entrepot.operation.PageSize;
import entrepot.operation.PageToken;
import entrepot.operation.Permissions;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The backfills of a registry, the latest first, page by page. Source: ECR API, ListReplicationBackfills.
public final class ListReplicationBackfills
        implements Operation<ListReplicationBackfills.Input, ListReplicationBackfills.Output> {

    private static final String PAGE = "replication-backfills";
    private static final int USUAL = 25;
    private static final int MOST = 50;

    public record Input(
            @Nullable AccountId registryId,
            @Nullable Integer maxResults,
            @Nullable String nextToken) {}

    public record Output(
            AccountId registryId,
            List<BackfillView> backfills,
            @Nullable String nextToken) {}

    private final MetadataStore metadata;

    ListReplicationBackfills(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return Permissions.anywhere(caller.registry(input.registryId()), name());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry(input.registryId());
        var size = input.maxResults() == null ? USUAL : PageSize.within(law, input.maxResults(), MOST);
        var token = PageToken.parse(input.nextToken());
        var before = token == null ? null : token.key(PAGE, Long::valueOf);
        return metadata.read(tx -> page(tx, registry, before, size));
    }

    private static Output page(Transaction tx, RegistryId registry, @Nullable Long before, int size) {
        var found = tx.backfills().page(registry, before, size + 1);
        var shown = found.subList(0, Math.min(size, found.size()));
        var next = shown.size() < found.size()
                ? new PageToken(PAGE, Long.toString(shown.getLast().id())).toString()
                : null;
        var views = shown.stream().map(each -> BackfillView.of(tx, each)).toList();
        return new Output(registry.account(), views, next);
    }
}
