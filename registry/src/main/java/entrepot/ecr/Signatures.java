package entrepot.ecr;

import entrepot.auth.Authentication;
import entrepot.http.HttpRequest;

/// Looks at who signed a request, in two steps: the head alone first, then the body's hash.
@FunctionalInterface
public interface Signatures {

    Head check(HttpRequest request);

    /// What the head shows.
    sealed interface Head {

        /// The body is not worth reading: the credential is missing or rejected.
        record Refused(Authentication why) implements Head {}

        /// All is well so far; the signature is still to be proven.
        non-sealed interface Signed extends Head {

            /// Proven, or rejected.
            ///
            /// @param payloadSha256 of the whole body, in lower-case hex
            Authentication complete(String payloadSha256);
        }
    }
}
