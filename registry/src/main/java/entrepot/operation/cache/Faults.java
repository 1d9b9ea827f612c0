package entrepot.operation.cache;

import entrepot.domain.LayerError;
import entrepot.domain.RegistryException;
import entrepot.domain.UpstreamFault;
import entrepot.upstream.Failure;
import entrepot.upstream.UpstreamException;

/// What another registry's failure is for who pulls.
final class Faults {

    private Faults() {}

    static UpstreamFault of(UpstreamException e) {
        return switch (e.failure()) {
            case Failure.AccessDenied _ -> UpstreamFault.ACCESS_DENIED;
            case Failure.TooManyRequests _ -> UpstreamFault.TOO_MANY_REQUESTS;
            case Failure.NotFound _, Failure.Unavailable _, Failure.Malformed _ -> UpstreamFault.UNAVAILABLE;
        };
    }

    /// Whatever it was: what is not known for another's is told as one that gave nothing.
    static UpstreamFault of(Exception e) {
        return switch (e) {
            case UpstreamException upstream -> of(upstream);
            case RegistryException refusal
            when refusal.error() instanceof LayerError.UnableToGetUpstreamLayer layer -> layer.fault();
            default -> UpstreamFault.UNAVAILABLE;
        };
    }

    static boolean isAbsent(UpstreamException e) {
        return e.failure() instanceof Failure.NotFound;
    }
}
