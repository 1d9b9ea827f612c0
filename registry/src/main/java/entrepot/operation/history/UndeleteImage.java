package entrepot.operation.history;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Digest;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryName;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import java.util.List;
import java.util.stream.Stream;

/// Brings back a deleted image with what it names and what refers to it, and their tags that are free. It has no
/// form on the wire; the console asks it. Whoever may push and delete may do it:
/// what the one undoes the other did.
public record UndeleteImage(Undelete undelete) implements Operation<UndeleteImage.Input, UndeleteImage.Output> {

    public record Input(RepositoryName repositoryName, Digest imageDigest) {}

    public record Output(Undeleted undeleted) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return Stream.of("PutImage", "BatchDeleteImage")
                .map(action -> Permissions.on(caller.registry(), input.repositoryName(), action))
                .toList();
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        try {
            return new Output(undelete.image(caller, caller.registry(), input.repositoryName(), input.imageDigest()));
        } catch (UndeleteException e) {
            throw new RegistryException(
                    new JsonAloneError.InvalidParameter("imageDigest", String.valueOf(e.getMessage())));
        }
    }
}
