package entrepot;

import entrepot.auth.KeyUsage;
import entrepot.auth.NewKeys;
import entrepot.operation.Operation;
import entrepot.operation.identity.AttachUserPolicy;
import entrepot.operation.identity.CreateAccessKey;
import entrepot.operation.identity.CreatePolicy;
import entrepot.operation.identity.CreatePolicyVersion;
import entrepot.operation.identity.CreateUser;
import entrepot.operation.identity.DeleteAccessKey;
import entrepot.operation.identity.DeleteLoginProfile;
import entrepot.operation.identity.DeletePolicy;
import entrepot.operation.identity.DeletePolicyVersion;
import entrepot.operation.identity.DeleteUser;
import entrepot.operation.identity.DeleteUserPolicy;
import entrepot.operation.identity.DetachUserPolicy;
import entrepot.operation.identity.GetAccessKeyLastUsed;
import entrepot.operation.identity.GetCallerIdentity;
import entrepot.operation.identity.GetLoginProfile;
import entrepot.operation.identity.GetPolicy;
import entrepot.operation.identity.GetPolicyVersion;
import entrepot.operation.identity.GetUser;
import entrepot.operation.identity.GetUserPolicy;
import entrepot.operation.identity.ListAccessKeys;
import entrepot.operation.identity.ListAttachedUserPolicies;
import entrepot.operation.identity.ListEntitiesForPolicy;
import entrepot.operation.identity.ListGroupsForUser;
import entrepot.operation.identity.ListMFADevices;
import entrepot.operation.identity.ListPolicies;
import entrepot.operation.identity.ListPolicyVersions;
import entrepot.operation.identity.ListSSHPublicKeys;
import entrepot.operation.identity.ListServiceSpecificCredentials;
import entrepot.operation.identity.ListSigningCertificates;
import entrepot.operation.identity.ListUserPolicies;
import entrepot.operation.identity.ListUserTags;
import entrepot.operation.identity.ListUsers;
import entrepot.operation.identity.ListVirtualMFADevices;
import entrepot.operation.identity.PutUserPolicy;
import entrepot.operation.identity.SetDefaultPolicyVersion;
import entrepot.operation.identity.TagUser;
import entrepot.operation.identity.UntagUser;
import entrepot.operation.identity.UpdateAccessKey;
import entrepot.operation.identity.UpdateUser;
import entrepot.store.MetadataStore;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// The operations of IAM and STS, made once.
record IdentityOperations(MetadataStore metadata, NewKeys keys, KeyUsage usage, InstantSource clock) {

    List<Operation<?, ?>> iam() {
        return Stream.of(ofUsers(), ofPolicies()).flatMap(List::stream).toList();
    }

    private List<Operation<?, ?>> ofUsers() {
        return List.of(
                new CreateUser(metadata, keys, clock),
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
                new DeleteLoginProfile(metadata),
                new CreateAccessKey(metadata, keys, clock),
                new ListAccessKeys(metadata),
                new UpdateAccessKey(metadata),
                new DeleteAccessKey(metadata),
                new GetAccessKeyLastUsed(metadata, usage),
                new PutUserPolicy(metadata),
                new GetUserPolicy(metadata),
                new ListUserPolicies(metadata),
                new DeleteUserPolicy(metadata),
                new AttachUserPolicy(metadata),
                new DetachUserPolicy(metadata),
                new ListAttachedUserPolicies(metadata));
    }

    private List<Operation<?, ?>> ofPolicies() {
        return List.of(
                new CreatePolicy(metadata, keys, clock),
                new GetPolicy(metadata),
                new ListPolicies(metadata),
                new ListEntitiesForPolicy(metadata),
                new GetPolicyVersion(metadata),
                new ListPolicyVersions(metadata),
                new CreatePolicyVersion(metadata, clock),
                new SetDefaultPolicyVersion(metadata, clock),
                new DeletePolicyVersion(metadata),
                new DeletePolicy(metadata));
    }

    List<Operation<?, ?>> sts() {
        return List.of(new GetCallerIdentity());
    }
}
