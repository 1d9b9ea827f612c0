package entrepot.operation.image;

import entrepot.auth.Caller;
import entrepot.domain.EveryApiError;
import entrepot.domain.RegistryException;
import entrepot.domain.Severity;
import entrepot.store.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps images from everybody in which a scan found something bad: the last one that came to a result, as long as
/// there is no other. ECR has no such rule.
///
/// @param worst what is as bad as this; null for nothing is
record PullBlock(@Nullable Severity worst) {

    boolean isOn() {
        return worst != null;
    }

    /// Refuses if one of the images is kept from everybody.
    void require(Transaction tx, Caller caller, String action, List<ManifestForms.Given> given) {
        if (worst == null || given.isEmpty()) {
            return;
        }
        var scans =
                tx.scans().last(given.stream().map(ManifestForms.Given::image).toList());
        for (var image : given) {
            var scan = scans.get(image.image().id());
            if (scan != null
                    && scan.ended()
                            .filter(result ->
                                    result.counts().keySet().stream().anyMatch(found -> found.isAtLeast(worst)))
                            .isPresent()) {
                throw new RegistryException(new EveryApiError.AccessDenied(
                        caller.principal().arn(),
                        "ecr:" + action,
                        image.repository().arn().value(),
                        "because a scan of the image %s has findings of severity %s or worse"
                                .formatted(image.image().digest(), worst)));
            }
        }
    }
}
