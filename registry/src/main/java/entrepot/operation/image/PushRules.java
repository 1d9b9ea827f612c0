package entrepot.operation.image;

import entrepot.domain.Limits;

/// What the registry's configuration allows a push.
///
/// @param sparse whether a manifest may name layers and manifests that its repository does not have
public record PushRules(Limits limits, boolean sparse) {}
