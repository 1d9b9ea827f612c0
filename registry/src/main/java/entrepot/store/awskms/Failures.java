package entrepot.store.awskms;

import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// What goes wrong with the key service, in the words of ECR's KmsException.
final class Failures {

    static final String NOT_FOUND = "KMS.NotFoundException";

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final int SERVER_ERROR = 500;

    private Failures() {}

    /// A refusal in the service's words. Where it fails, or cannot be reached, the log tells why, and the caller only
    /// that.
    static RegistryException of(RuntimeException failure) {
        if (failure instanceof AwsServiceException refused && refused.statusCode() < SERVER_ERROR) {
            var details = refused.awsErrorDetails();
            if (details != null && details.errorCode() != null) {
                return of("KMS." + details.errorCode(), String.valueOf(details.errorMessage()));
            }
        }
        LOG.warn("the key service does not answer as it should", failure);
        return of(RepositoryError.Kms.INTERNAL, "The key service cannot be reached, or failed. Try again later");
    }

    static RegistryException nonsense(String what) {
        LOG.error("the key service answered {}", what);
        return of(RepositoryError.Kms.INTERNAL, "The key service did not answer what was asked");
    }

    static RegistryException of(String kmsError, String message) {
        return new RegistryException(new RepositoryError.Kms(kmsError, message));
    }
}
