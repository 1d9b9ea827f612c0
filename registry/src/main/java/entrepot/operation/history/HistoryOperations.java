package entrepot.operation.history;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import java.util.List;

/// The operations on what was deleted and is kept. ECR has none.
public record HistoryOperations(List<Operation<?, ?>> all) implements Family {

    public static HistoryOperations with(Means means) {
        var undelete = new Undelete(
                means.metadata(), means.clock(), means.limits(), means.kept().changes());
        var repositories = new UndeleteRepository(
                means.metadata(),
                means.vault(),
                means.clock(),
                means.limits(),
                means.rules().lifecycleInterval());
        return new HistoryOperations(List.of(
                new ListDeletedImages(means.metadata()),
                new UndeleteImage(undelete),
                new ListDeletedRepositories(means.metadata()),
                new RestoreRepository(repositories)));
    }

    @Override
    public List<Operation<?, ?>> inApi() {
        return List.of();
    }
}
