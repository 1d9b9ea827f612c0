package entrepot.operation.identity.policy;

import entrepot.domain.Arn;
import entrepot.domain.CustomerPolicy;
import entrepot.domain.CustomerPolicy.Version;
import entrepot.operation.identity.Refusals;
import entrepot.store.Transaction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A version of a managed policy as IAM's answers describe it.
///
/// @param document percent-encoded; null where IAM does not tell it
/// @param versionId `v` and the number
public record VersionView(@Nullable String document, String versionId, boolean isDefaultVersion, Instant createDate) {

    static VersionView of(Version version, boolean isDefault) {
        return new VersionView(
                Documents.encode(version.document()), id(version.number()), isDefault, version.createdAt());
    }

    static String id(int number) {
        return "v" + number;
    }

    /// The version that an id names. Fails with `NoSuchEntity`.
    static Version find(Transaction tx, CustomerPolicy policy, Arn arn, String id) {
        return tx.policies().versions(policy).stream()
                .filter(version -> id(version.number()).equals(id))
                .findFirst()
                .orElseThrow(() -> Refusals.noSuchVersion(arn, id));
    }

    VersionView withoutDocument() {
        return new VersionView(null, versionId, isDefaultVersion, createDate);
    }

    /// A text that is the smaller the newer the version is.
    String order() {
        return "%010d".formatted(Integer.MAX_VALUE - Integer.parseInt(versionId.substring(1)));
    }
}
