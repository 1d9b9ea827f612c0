package entrepot.operation.key.cryptography;

import entrepot.domain.KeyArn;
import entrepot.operation.key.KeyRefusals;
import entrepot.operation.key.KeyUse;
import org.jspecify.annotations.Nullable;

/// A call that only asks whether it would succeed.
final class DryRun {

    private DryRun() {}

    /// Fails with a refusal for such a call: that it would, or why not.
    static void check(@Nullable Boolean dryRun, KeyUse use, KeyArn key) {
        if (Boolean.TRUE.equals(dryRun)) {
            use.requireUsable(key);
            throw KeyRefusals.dryRun();
        }
    }
}
