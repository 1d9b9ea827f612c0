package entrepot.aws.protocol;

import java.util.Map;

/// A refusal as one of AWS's APIs words it.
///
/// @param status of HTTP
/// @param code AWS's name of the error, such as `NoSuchEntity`
/// @param members what is told beside code and message, by name
public record ApiError(int status, String code, String message, Map<String, Object> members) {

    public ApiError(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    public ApiException exception() {
        return new ApiException(this);
    }
}
