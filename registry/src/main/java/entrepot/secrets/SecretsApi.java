package entrepot.secrets;

import entrepot.aws.Service;
import entrepot.aws.json.JsonApi;

/// The JSON API of Secrets Manager.
public final class SecretsApi {

    /// The most that a body may have, in bytes: a longest value and everything beside it, with every character escaped.
    static final long LARGEST = 1L << 20;

    private SecretsApi() {}

    public static JsonApi of(Service secrets) {
        return new JsonApi(secrets, SecretsErrors.WORDS, LARGEST);
    }
}
