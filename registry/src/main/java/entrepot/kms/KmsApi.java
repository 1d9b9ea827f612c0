package entrepot.kms;

import entrepot.aws.Service;
import entrepot.aws.json.JsonApi;

/// The JSON API of the key service.
public final class KmsApi {

    /// The most that a body may have, in bytes: a key's longest policy, with every character escaped.
    static final long LARGEST = 1L << 20;

    private KmsApi() {}

    public static JsonApi of(Service kms) {
        return new JsonApi(kms, KmsErrors.WORDS, LARGEST);
    }
}
