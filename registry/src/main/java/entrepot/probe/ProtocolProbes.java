package entrepot.probe;

import entrepot.upstream.EcrApi;
import java.util.Map;

/// Whom ECR answers, and how it words what is no request of its own.
///
/// Source: AWS, "Common error types", and the bodies that users of ECR have shown.
record ProtocolProbes(Probing probing, EcrApi stranger, EcrApi impostor) {

    private static final String ANY = "DescribeRepositories";

    /// @param stranger asks by a key that there is not
    /// @param impostor asks by the key that there is, with another secret
    ProtocolProbes {}

    void run() {
        probing.see(
                ANY,
                "no signature",
                () -> probing.api().askAsNobody(ANY, "{}"),
                Expectation.refusal("MissingAuthenticationTokenException"));
        probing.see(
                ANY,
                "a key that there is not",
                () -> stranger.ask(ANY, "{}"),
                Expectation.refusal("UnrecognizedClientException")
                        .saying("The security token included in the request is invalid"));
        probing.see(
                ANY,
                "a wrong signature",
                () -> impostor.ask(ANY, "{}"),
                Expectation.refusal("InvalidSignatureException")
                        .saying("The request signature we calculated does not match the signature you provided."));
        probing.see("NoSuchOperation", "an operation that there is not", Map.of(), Expectation.unknownOperation());
        probing.see(
                ANY,
                "a page's token that there is not",
                Map.of("nextToken", "none"),
                Expectation.refusal("InvalidParameterException"));
        probing.see(
                ANY,
                "a text where a number is wanted",
                Map.of("maxResults", "many"),
                Expectation.refusal("SerializationException"));
        probing.see(ANY, "a member that there is not", Map.of("noSuchMember", 1), Expectation.good());
    }
}
