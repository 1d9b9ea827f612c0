package entrepot.auth.sigv4;

import entrepot.auth.Authentication;
import entrepot.domain.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A credential that is not accepted, in AWS's words.
///
/// Sources: answers of ECR itself in aws-sdk-php#1114 (unknown key) and upmc-enterprises/registry-creds#24 (time);
/// of services with the same protocol in prometheus-ecs-discovery#7 (signature), aws-sdk-ruby#431 (scope), chalice#828
/// and fhir-works-on-aws-deployment#379 (incomplete), aws-mobile-appsync-sdk-js#702 (a signed header that is not
/// there).
final class Refusal extends RuntimeException {

    private final transient Authentication.Rejected rejected;

    private Refusal(String type, String message) {
        super(message, null, false, false);
        rejected = new Authentication.Rejected(type, message);
    }

    Authentication.Rejected rejected() {
        return rejected;
    }

    static Refusal incomplete(String message) {
        return new Refusal("IncompleteSignatureException", message);
    }

    /// As [#incomplete], naming what was sent by its hash, as AWS does: it could be a password.
    static Refusal incomplete(String message, String sent) {
        return incomplete(
                "%s (Hashed with SHA-256 and encoded with Base64) Authorization=%s".formatted(message, hash(sent)));
    }

    static Refusal notKeyAndValue(String sent) {
        return incomplete("Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and"
                + " encoded with Base64): '%s'.".formatted(hash(sent)));
    }

    static Refusal invalid(String message) {
        return new Refusal("InvalidSignatureException", message);
    }

    static Refusal mustBeSigned(String header) {
        return invalid("'%s' must be a 'SignedHeader' in the AWS Authorization.".formatted(header));
    }

    static Refusal wrongSignature() {
        return invalid("The request signature we calculated does not match the signature you provided. Check your AWS"
                + " Secret Access Key and signing method. Consult the service documentation for details.");
    }

    static Refusal unknownKey() {
        return new Refusal("UnrecognizedClientException", "The security token included in the request is invalid.");
    }

    private static String hash(String text) {
        var sha256 = Digest.Algorithm.SHA256.newComputation();
        return Base64.getEncoder().encodeToString(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
