package entrepot.operation.repository;

import entrepot.auth.Caller;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import java.util.regex.Pattern;

/// The repository that a `resourceArn` names, in the region that was called.
record ResourceArn(RegistryId registry, RepositoryName repository) {

    private static final Pattern FORM = Pattern.compile("arn:aws:ecr:([a-z0-9-]{2,25}):([0-9]{12}):repository/(.+)");

    static ResourceArn parse(Caller caller, String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches() || !parts.group(1).equals(caller.registry().region())) {
            throw invalid();
        }
        try {
            return new ResourceArn(caller.registry(parts.group(2)), new RepositoryName(parts.group(3)));
        } catch (RegistryException e) {
            throw invalid();
        }
    }

    private static RegistryException invalid() {
        return new RegistryException(new RegistryError.InvalidParameter("resourceArn", "Invalid ARN"));
    }
}
