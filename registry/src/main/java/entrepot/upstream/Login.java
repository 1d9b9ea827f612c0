package entrepot.upstream;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// As whom another registry is asked.
public sealed interface Login {

    /// As nobody; a token for anybody is fetched where one is asked for.
    Login ANONYMOUS = new Anonymous();

    record Anonymous() implements Login {}

    /// For Basic authentication, or for a token of Docker's scheme.
    record Password(String user, String password) implements Login {
        /// Without the password, so that no log can hold it.
        @Override
        public String toString() {
            return "Password[" + user + "]";
        }
    }

    /// A refresh token, which clients keep as `identitytoken`. Source: distribution, docs/spec/auth/oauth.md.
    record IdentityToken(String token) implements Login {
        @Override
        public String toString() {
            return "IdentityToken";
        }
    }

    /// ECR, or what speaks as it does: a password of GetAuthorizationToken, which is asked for with an access key.
    ///
    /// @param api where the JSON API is
    /// @param region that the signature is scoped to
    record Ecr(URI api, String region, AwsKeys keys) implements Login {}

    /// Where an access key comes from, each time that one is needed.
    @FunctionalInterface
    interface AwsKeys {
        /// One that is good now.
        ///
        /// @throws IOException if there is none
        AwsKey get() throws IOException;
    }

    /// An access key.
    ///
    /// @param sessionToken null for a key that stands for itself
    record AwsKey(String id, String secret, @Nullable String sessionToken) implements AwsKeys {
        @Override
        public AwsKey get() {
            return this;
        }

        @Override
        public String toString() {
            return "AwsKey[" + id + "]";
        }
    }

    /// What `docker login` takes, and until when.
    record Issued(Password password, Instant until) {}
}
