package entrepot.operation.history;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryName;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import java.util.List;
import java.util.stream.Stream;

/// Brings back a deleted repository with all that it had; of several of a name, the one that was deleted last. It has
/// no form on the wire; the console asks it. Whoever may make and delete it, with the tags that it had, may do it: what
/// the one undoes the other did.
public record RestoreRepository(UndeleteRepository undelete)
        implements Operation<RestoreRepository.Input, RestoreRepository.Output> {

    public record Input(RepositoryName repositoryName) {}

    public record Output() {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        var tags = undelete.tags(caller.registry(), input.repositoryName());
        return Stream.of("CreateRepository", "DeleteRepository")
                .map(action -> Permissions.on(caller.registry(), input.repositoryName(), action)
                        .onTagged(tags))
                .toList();
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        try {
            undelete.run(caller, input.repositoryName());
            return new Output();
        } catch (UndeleteException e) {
            throw new RegistryException(
                    new JsonAloneError.InvalidParameter("repositoryName", String.valueOf(e.getMessage())));
        }
    }
}
