package entrepot.domain;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// A registry that ECR knows as an upstream of pull-through caches. Source: ECR's model, shape UpstreamRegistry; ECR
/// user guide, "Sync an upstream registry with an Amazon ECR private registry".
public enum KnownUpstream {
    ECR(
            "ecr",
            "[0-9]{12}\\.dkr[.-]ecr(-fips)?\\.[a-z0-9-]+\\.(amazonaws\\.com(\\.cn)?|on\\.aws|on\\.amazonwebservices\\.com\\.cn)",
            false),
    ECR_PUBLIC("ecr-public", "public\\.ecr\\.aws", false),
    QUAY("quay", "quay\\.io", false),
    K8S("k8s", "registry\\.k8s\\.io", false),
    DOCKER_HUB("docker-hub", "registry-1\\.docker\\.io", true),
    GITHUB("github-container-registry", "ghcr\\.io", true),
    AZURE("azure-container-registry", "[a-z0-9]+\\.azurecr\\.io", true),
    GITLAB("gitlab-container-registry", "registry\\.gitlab\\.com", true),
    CHAINGUARD("chainguard", "cgr\\.dev", true);

    private final String word;
    private final Pattern host;
    private final boolean needsLogin;

    KnownUpstream(String word, String host, boolean needsLogin) {
        this.word = word;
        this.host = Pattern.compile(host);
        this.needsLogin = needsLogin;
    }

    /// The one at a host; empty if ECR knows none there.
    public static Optional<KnownUpstream> at(String host) {
        return Arrays.stream(values())
                .filter(each -> each.host.matcher(host).matches())
                .findFirst();
    }

    /// Whether nothing is had from it without a user and a password.
    public boolean needsLogin() {
        return needsLogin;
    }

    /// ECR's name of it, such as `docker-hub`.
    @Override
    public String toString() {
        return word;
    }
}
