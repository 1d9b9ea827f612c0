package entrepot.operation.image;

import entrepot.domain.Limits;
import entrepot.store.Reserve;

/// What the registry's configuration, and its disk, allow a push.
///
/// @param sparse whether a manifest may name layers and manifests that its repository does not have
/// @param reserve of the disk, which manifests leave free
public record PushRules(Limits limits, boolean sparse, Reserve reserve) {

    public PushRules(Limits limits, boolean sparse) {
        this(limits, sparse, Reserve.NONE);
    }
}
