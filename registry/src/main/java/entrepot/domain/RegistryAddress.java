package entrepot.domain;

/// Where a client reaches a registry, as a URL's scheme and authority.
///
/// @param scheme `http` or `https`
/// @param host a host name with its port where one is needed, such as `localhost:5000`
public record RegistryAddress(String scheme, String host) {

    /// What `docker login` takes; ECR's `proxyEndpoint`.
    public String endpoint() {
        return scheme + "://" + host;
    }

    /// ECR's `repositoryUri`, which has no scheme.
    public String repositoryUri(RepositoryName name) {
        return host + "/" + name;
    }
}
