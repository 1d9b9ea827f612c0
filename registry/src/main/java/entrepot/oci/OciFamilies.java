package entrepot.oci;

import entrepot.operation.image.ImageOperations;
import entrepot.operation.layer.LayerOperations;
import entrepot.operation.repository.RepositoryOperations;

/// What `/v2` translates to.
public record OciFamilies(ImageOperations images, LayerOperations layers, RepositoryOperations repositories) {}
