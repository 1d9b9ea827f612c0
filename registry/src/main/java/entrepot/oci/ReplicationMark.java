package entrepot.oci;

import entrepot.auth.Caller;
import entrepot.domain.RegistryId;
import entrepot.http.HttpRequest;

/// By which another server says that it brings what has changed in a registry of its own: the header
/// `Entrepot-Replication`, with that registry and the one that it is brought to. What comes so goes to no third one.
/// It gives no right: whoever may push may say so of a push.
final class ReplicationMark {

    private static final String HEADER = "Entrepot-Replication";

    private ReplicationMark() {}

    /// Fails with an OciException where another registry is meant than this login is for, or the one that it comes
    /// from.
    static Caller of(Caller caller, HttpRequest request) {
        var marks = request.headers().all(HEADER);
        return marks.isEmpty() ? caller : caller.replicating(source(caller, String.join(" ", marks)));
    }

    private static RegistryId source(Caller caller, String mark) {
        var names = mark.split(" ", -1);
        try {
            var source = RegistryId.parse(names[0]);
            if (names.length == 2 && isFor(caller, source, RegistryId.parse(names[1]))) {
                return source;
            }
        } catch (IllegalArgumentException e) {
            throw new OciException(400, "UNSUPPORTED", "The value of %s is not two registries".formatted(HEADER));
        }
        throw new OciException(
                421, "UNSUPPORTED", "This is the registry %s, to which '%s' does not lead".formatted(caller.registry(), mark));
    }

    private static boolean isFor(Caller caller, RegistryId source, RegistryId target) {
        return target.equals(caller.registry()) && !source.equals(target);
    }
}
