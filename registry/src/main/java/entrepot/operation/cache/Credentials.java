package entrepot.operation.cache;

import entrepot.domain.JsonAloneError;
import entrepot.domain.RegistryException;
import entrepot.domain.SecretValue;
import entrepot.upstream.Login;
import java.net.URI;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What the secret of a rule says: a user and a password, or an access key where an ECR is asked. Source: ECR user
/// guide,
/// "Storing your upstream repository credentials in an AWS Secrets Manager secret".
///
/// @param accessToken the password, or the access key's secret
record Credentials(String username, String accessToken) {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String ACCESS_KEY = "A[KS]IA[A-Z2-7]{16}";

    /// Fails in ECR's words with a secret that says something else.
    static Credentials parse(SecretValue value) {
        try {
            var json = JSON.readTree(value.bytes());
            var username = json.path("username").asString("");
            var token = json.path("accessToken").asString("");
            if (json.isObject() && !username.isEmpty() && !token.isEmpty()) {
                return new Credentials(username, token);
            }
        } catch (JacksonException e) {
            // said below: its text could hold the secret
        }
        throw new RegistryException(new JsonAloneError.UnableToAccessSecret(
                "The secret specified in the pull through cache rule must be a JSON object with the keys username and"
                        + " accessToken. Update the secret and try again"));
    }

    /// @param api where an ECR's JSON API is
    /// @param region of that ECR
    Login login(URI api, String region) {
        return username.matches(ACCESS_KEY)
                ? new Login.Ecr(api, region, new Login.AwsKey(username, accessToken, null))
                : new Login.Password(username, accessToken);
    }

    /// Without the password, so that no log can hold it.
    @Override
    public String toString() {
        return "Credentials[" + username + "]";
    }
}
