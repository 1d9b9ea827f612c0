package entrepot.domain;

/// Of ECR's operations, and told by the JSON API and by `/v2`, each in its own words.
public sealed interface BothDoorsError extends RegistryError permits ImageError, LayerError, RepositoryError {}
