package entrepot.auth;

import entrepot.domain.Partition;

/// The region that a call takes place in: the one that it is signed for, but for IAM, which is in one region of each
/// partition, whatever its clients sign for. Source: IAM user guide, "AWS global condition context keys",
/// `aws:RequestedRegion`; CloudTrail user guide, "Global service events".
public final class CallRegion {

    private CallRegion() {}

    /// The region of a call.
    ///
    /// @param service as in an IAM action, such as `ecr`
    /// @param signedFor the region that the credential is scoped to
    public static String of(String service, String signedFor) {
        return service.equals("iam") ? Partition.ofRegion(signedFor).iamRegion() : signedFor;
    }
}
