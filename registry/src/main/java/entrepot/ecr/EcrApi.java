package entrepot.ecr;

import entrepot.aws.Service;
import entrepot.aws.json.JsonApi;

/// ECR's JSON API.
public final class EcrApi {

    /// The most that a body may have, in bytes: a part of 20 MiB in Base64, with room for escapes.
    public static final long LARGEST = 32L << 20;

    private EcrApi() {}

    public static JsonApi of(Service ecr) {
        return new JsonApi(ecr, EcrErrors.WORDS, LARGEST);
    }
}
