package entrepot.auth.policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The condition keys that AWS has for all services. Which requests here have which is in the tests'
/// `policy/global-keys.txt`; those that none has are about services, organizations, networks and sessions that there
/// are none of. Source: IAM user guide, "AWS global condition context keys".
final class GlobalKeys {

    private static final String PREFIX = "aws:";

    private static final Set<String> NAMES = Stream.of(
                    "AssumedRoot CalledVia CalledViaAWSMCP CalledViaFirst CalledViaLast ChatbotSourceArn CurrentTime",
                    "Ec2InstanceSourcePrivateIPv4 Ec2InstanceSourceVpc EpochTime FederatedProvider",
                    "MultiFactorAuthAge MultiFactorAuthPresent PrincipalAccount PrincipalArn PrincipalIsAWSService",
                    "PrincipalOrgID PrincipalOrgPaths PrincipalServiceName PrincipalServiceNamesList PrincipalType",
                    "referer RequestedRegion ResourceAccount ResourceOrgID ResourceOrgPaths SecureTransport",
                    "SourceAccount SourceArn SourceIdentity SourceIp SourceOrgID SourceOrgPaths SourceVpc",
                    "SourceVpcArn SourceVpce TagKeys TokenIssueTime UserAgent userid username ViaAWSMCPService",
                    "ViaAWSService VpceAccount VpceOrgID VpceOrgPaths VpcSourceIp")
            .flatMap(line -> Stream.of(line.split(" ")))
            .map(GlobalKeys::fold)
            .collect(Collectors.toUnmodifiableSet());

    /// Each of them is one key for each tag.
    private static final List<String> OF_TAGS = List.of("principaltag/", "requesttag/", "resourcetag/");

    private GlobalKeys() {}

    /// Whether a key is called as AWS's global ones are, without being one of them.
    static boolean isUnknown(String key) {
        var folded = fold(key);
        var name = folded.substring(Math.min(PREFIX.length(), folded.length()));
        return folded.startsWith(PREFIX)
                && !NAMES.contains(name)
                && OF_TAGS.stream().noneMatch(name::startsWith);
    }

    private static String fold(String key) {
        return key.toLowerCase(Locale.ROOT);
    }
}
