package entrepot.operation.history;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Arn;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.store.MetadataStore;
import entrepot.store.Repositories.DeletedName;
import java.util.List;

/// The deleted repositories of a registry that may be had back, the one that was deleted last first. It has no form on
/// the wire; the console asks it. Whoever may see all repositories that are there may see those that were.
public record ListDeletedRepositories(MetadataStore metadata)
        implements Operation<ListDeletedRepositories.Input, ListDeletedRepositories.Output> {

    /// How many are told of.
    static final int MOST = 100;

    public record Input() {}

    /// Those that were deleted last.
    ///
    /// @param isAll whether there are no more
    public record Output(List<DeletedName> repositories, boolean isAll) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        var registry = caller.registry();
        var all = new Arn(
                "arn:%s:ecr:%s:%s:repository/*".formatted(registry.partition(), registry.region(), registry.account()));
        return List.of(new Permission(registry.account(), "ecr:DescribeRepositories", all));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var gone = metadata.read(tx -> tx.repositories().deleted(caller.registry(), MOST + 1));
        return new Output(gone.stream().limit(MOST).toList(), gone.size() <= MOST);
    }
}
