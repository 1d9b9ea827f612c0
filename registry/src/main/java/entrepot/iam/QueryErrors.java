package entrepot.iam;

import entrepot.domain.BothDoorsError;
import entrepot.domain.EveryApiError;
import entrepot.domain.IamError;
import entrepot.domain.JsonAloneError;
import entrepot.domain.RegistryError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the Query protocol tells each refusal. Source: the errors of each action in the IAM API reference, with their
/// HTTP status.
final class QueryErrors {

    private static final Logger LOG = LoggerFactory.getLogger(QueryErrors.class);

    private QueryErrors() {}

    static QueryError of(RegistryError error) {
        return switch (error) {
            case IamError.Identity identity ->
                new QueryError(status(identity.kind()), identity.type(), identity.message());
            case EveryApiError.AccessDenied denied -> new QueryError(403, "AccessDenied", denied.message());
            case EveryApiError.Throttling throttling -> new QueryError(503, "Throttling", throttling.message());
            case EveryApiError.StorageFull full -> new QueryError(500, "ServiceFailure", full.message());
            case BothDoorsError _, JsonAloneError _ -> unforeseen(error);
        };
    }

    /// No operation of IAM's or STS's has a reason to say it.
    private static QueryError unforeseen(RegistryError error) {
        LOG.error("IAM has no words for {}: {}", error.type(), error.message());
        return QueryError.INTERNAL;
    }

    private static int status(IamError.Identity.Kind kind) {
        return switch (kind) {
            case NO_SUCH_ENTITY -> 404;
            case ENTITY_ALREADY_EXISTS, DELETE_CONFLICT, LIMIT_EXCEEDED -> 409;
            case MALFORMED_POLICY_DOCUMENT, INVALID_INPUT, VALIDATION_ERROR -> 400;
        };
    }
}
