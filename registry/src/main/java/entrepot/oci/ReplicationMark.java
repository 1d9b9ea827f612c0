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

    static boolean isOn(HttpRequest request) {
        return request.headers().first(HEADER).isPresent();
    }

    /// Fails with an OciException where another registry is meant than this login is for, or the one that it comes
    /// from.
    static Caller of(Caller caller, HttpRequest request) {
        var marks = request.headers().all(HEADER);
        return marks.isEmpty() ? caller : caller.replicating(source(caller, String.join(" ", marks)));
    }

    private static RegistryId source(Caller caller, String mark) {
        var blank = mark.indexOf(' ');
        var source = registry(mark.substring(0, Math.max(blank, 0)));
        var target = registry(mark.substring(blank + 1));
        if (source.equals(target) || !target.equals(caller.registry())) {
            throw new OciException(
                    421,
                    "UNSUPPORTED",
                    "This is the registry %s, to which nothing comes from %s for %s"
                            .formatted(caller.registry(), source, target));
        }
        return source;
    }

    private static RegistryId registry(String text) {
        try {
            return RegistryId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new OciException(400, "UNSUPPORTED", "The value of %s is not two registries".formatted(HEADER));
        }
    }
}
