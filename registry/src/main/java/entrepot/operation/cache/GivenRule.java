package entrepot.operation.cache;

import entrepot.domain.Arn;
import entrepot.domain.JsonAloneError;
import entrepot.domain.JsonAloneError.UnsupportedUpstreamRegistry;
import entrepot.domain.KnownUpstream;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is said of a rule: whether it can be so. Source: ECR API, CreatePullThroughCacheRule; ECR's texts as other
/// projects have seen them.
///
/// @param upstreams those that images may be had from
record GivenRule(Upstreams upstreams) {

    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]+");

    private static final Pattern SECRET = Pattern.compile("arn:[^:]+:secretsmanager:([^:]+):([^:]+):secret:.*");

    /// Fails in ECR's words with what no rule could have.
    void check(RegistryId registry, CreatePullThroughCacheRule.Input input) {
        var url = input.upstreamRegistryUrl();
        var known = KnownUpstream.at(url);
        if (known.isEmpty() && !upstreams.allows(url)) {
            throw UnsupportedUpstreamRegistry.unknown(url);
        }
        refuseOtherName(known, input.upstreamRegistry());
        var there = input.upstreamRepositoryPrefix();
        if (input.ecrRepositoryPrefix().isRoot() && there != null && !there.isRoot()) {
            throw invalid("upstreamRepositoryPrefix", "must be ROOT where the prefix of the repositories is ROOT");
        }
        refuseMissingLogin(known, url, input.credentialArn());
        check(registry, input.credentialArn(), input.customRoleArn());
    }

    private static void refuseOtherName(Optional<KnownUpstream> known, @Nullable String named) {
        if (named != null && known.filter(it -> it.toString().equals(named)).isEmpty()) {
            throw invalid("upstreamRegistry", "must be the name of the registry at upstreamRegistryUrl");
        }
    }

    /// A mirror in its place may be open.
    private void refuseMissingLogin(Optional<KnownUpstream> known, String url, @Nullable Arn credential) {
        if (credential == null && known.filter(KnownUpstream::needsLogin).isPresent() && !upstreams.isElsewhere(url)) {
            throw new RegistryException(new UnsupportedUpstreamRegistry(
                    "The specified upstream registry requires authentication. Specify a valid Secrets Manager ARN for the"
                            + " upstream registry's credentials and try again"));
        }
    }

    /// The same for what can be changed. A secret is of the registry's own account and region.
    void check(RegistryId registry, @Nullable Arn credential, @Nullable Arn role) {
        var named = RuleNeeds.named(role);
        if (named != null && !ROLE.matcher(named.value()).matches()) {
            throw invalid("customRoleArn", "Invalid ARN");
        }
        if (credential != null) {
            var form = SECRET.matcher(credential.value());
            if (!form.matches()
                    || !form.group(1).equals(registry.region())
                    || !form.group(2).equals(registry.account().value())) {
                throw noSecret();
            }
            if (upstreams.credentials(registry, credential).isEmpty()) {
                throw noSecret();
            }
        }
    }

    private static RegistryException noSecret() {
        return new RegistryException(new JsonAloneError.SecretNotFound());
    }

    private static RegistryException invalid(String parameter, String constraint) {
        return new RegistryException(new JsonAloneError.InvalidParameter(parameter, constraint));
    }
}
