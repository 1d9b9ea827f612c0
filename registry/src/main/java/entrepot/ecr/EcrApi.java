package entrepot.ecr;

import entrepot.aws.Service;
import entrepot.aws.json.JsonApi;
import entrepot.domain.Law;

/// ECR's JSON API.
public final class EcrApi {

    /// The most that a body may have, in bytes: a part of 20 MiB in Base64, with room for escapes.
    public static final long LARGEST = 32L << 20;

    private EcrApi() {}

    /// The API of a service.
    ///
    /// @param law the one that holds here
    public static JsonApi of(Service ecr, Law law) {
        return new JsonApi(ecr, EcrErrors.under(law), LARGEST);
    }
}
