package entrepot.operation.identity.user;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import java.util.List;

/// The operations on users, and those that tell what a user does not have here.
public record UserOperations(List<Operation<?, ?>> all) implements Family {

    public static UserOperations with(Means means) {
        var metadata = means.metadata();
        return new UserOperations(List.of(
                new CreateUser(metadata, means.credentials().keys(), means.clock()),
                new GetUser(metadata),
                new ListUsers(metadata),
                new UpdateUser(metadata),
                new DeleteUser(metadata),
                new TagUser(metadata),
                new UntagUser(metadata),
                new ListUserTags(metadata),
                new ListGroupsForUser(metadata),
                new ListSSHPublicKeys(metadata),
                new ListMFADevices(metadata),
                new ListVirtualMFADevices(metadata),
                new ListSigningCertificates(metadata),
                new ListServiceSpecificCredentials(metadata),
                new GetLoginProfile(metadata),
                new DeleteLoginProfile(metadata)));
    }
}
