package entrepot.aws.json;

import entrepot.aws.Service;

/// A service that speaks the JSON protocol, in its own words.
///
/// @param most that the body of a request may have, in bytes
public record JsonApi(Service service, JsonDialect words, long most) {

    /// Whether an `X-Amz-Target` means an operation of this service.
    boolean isTarget(String target) {
        return target.startsWith(prefix());
    }

    /// The operation's name in such a target.
    String operation(String target) {
        return target.substring(prefix().length());
    }

    private String prefix() {
        return service.model().target() + ".";
    }
}
