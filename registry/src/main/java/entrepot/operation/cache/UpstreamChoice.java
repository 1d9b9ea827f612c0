package entrepot.operation.cache;

import entrepot.domain.Arn;
import entrepot.domain.CacheRule;
import entrepot.domain.RegistryId;

/// The registries that images may be had from: those that ECR knows, and those that the operator allows.
public interface UpstreamChoice {

    /// Where images are had from nowhere.
    UpstreamChoice NONE = new UpstreamChoice() {
        @Override
        public boolean allows(String host) {
            return false;
        }

        @Override
        public boolean isElsewhere(String host) {
            return false;
        }

        @Override
        public void requireLogin(RegistryId registry, Arn secret) {}

        @Override
        public Upstream of(RegistryId registry, CacheRule rule) throws UpstreamException {
            throw new UpstreamException(UpstreamException.Kind.UNAVAILABLE, "No other registry is asked");
        }
    };

    /// Whether the operator allows one that ECR does not know.
    ///
    /// @param host with its port if it has one
    boolean allows(String host);

    /// Whether another server is asked in its place.
    boolean isElsewhere(String host);

    /// Fails with ECR's refusal of a rule whose secret is not there, or cannot be read.
    void requireLogin(RegistryId registry, Arn secret);

    /// The one that a rule names, asked as the rule says.
    Upstream of(RegistryId registry, CacheRule rule) throws UpstreamException;
}
