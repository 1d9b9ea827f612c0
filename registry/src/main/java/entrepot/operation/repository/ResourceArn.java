package entrepot.operation.repository;

import entrepot.auth.Caller;
import entrepot.domain.JsonAloneError;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryArn;

/// Reads a `resourceArn`, which must be of the region that was called.
final class ResourceArn {

    private ResourceArn() {}

    static RepositoryArn parse(Caller caller, String text) {
        return RepositoryArn.parse(text)
                .filter(arn -> arn.registry().region().equals(caller.registry().region()))
                .orElseThrow(
                        () -> new RegistryException(new JsonAloneError.InvalidParameter("resourceArn", "Invalid ARN")));
    }
}
