package entrepot.operation.image;

import entrepot.domain.Limits;
import entrepot.store.Room;

/// What the registry's configuration, and its disk, allow a push.
///
/// @param sparse whether a manifest may name layers and manifests that its repository does not have
/// @param room for manifests
public record PushRules(Limits limits, boolean sparse, Room room) {

    public PushRules(Limits limits, boolean sparse) {
        this(limits, sparse, Room.ENDLESS);
    }
}
