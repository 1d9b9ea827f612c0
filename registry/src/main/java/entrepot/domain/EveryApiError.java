package entrepot.domain;

/// Of any operation, or of the door.
public sealed interface EveryApiError extends RegistryError {

    record AccessDenied(String principal, String action, String resource, String reason) implements EveryApiError {
        @Override
        public String message() {
            return "User: %s is not authorized to perform: %s on resource: %s %s"
                    .formatted(principal, action, resource, reason);
        }
    }

    /// Too much is being asked at once; the same request may succeed later.
    record Throttling() implements EveryApiError {
        @Override
        public String message() {
            return "Rate exceeded";
        }
    }

    /// What the registry keeps its data in is not there now, or does not answer in time; the same request may succeed
    /// later. Whether what was asked for was done is not known.
    record Unavailable() implements EveryApiError {
        @Override
        public String type() {
            return "ServerException";
        }

        @Override
        public String message() {
            return "The registry cannot reach its storage. Try again in a moment.";
        }
    }

    /// A text has a character that not every database keeps.
    record NotStorable() implements EveryApiError {
        @Override
        public String type() {
            return "InvalidParameterException";
        }

        @Override
        public String message() {
            return "Invalid request parameters: a text has the character U+0000, which cannot be stored";
        }
    }

    /// There is no room to store what was sent.
    record StorageFull() implements EveryApiError {
        @Override
        public String type() {
            return "ServerException";
        }

        @Override
        public String message() {
            return "There is no space left to store the request. Nothing of it was kept.";
        }
    }
}
