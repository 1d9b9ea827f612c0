package entrepot.operation.identity.key;

import entrepot.auth.Caller;
import entrepot.auth.KeyUsage;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Refusals;
import entrepot.operation.identity.Stored;
import entrepot.store.AccessKeys.Use;
import entrepot.store.MetadataStore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When, where and for what a key was used last. Source: IAM API, GetAccessKeyLastUsed.
record GetAccessKeyLastUsed(MetadataStore metadata, KeyUsage usage)
        implements Operation<GetAccessKeyLastUsed.Input, GetAccessKeyLastUsed.Output> {

    public record Input(String accessKeyId) {}

    public record Output(@Nullable String userName, AccessKeyLastUsed accessKeyLastUsed) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onKey(caller, name(), input.accessKeyId());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        return metadata.read(tx -> {
            var key = Stored.ownKey(tx, caller, input.accessKeyId())
                    .orElseThrow(() -> Refusals.noSuchKey(input.accessKeyId()));
            var use = usage.latest(key.id()).or(() -> tx.accessKeys().lastUse(key.id()));
            var lastUsed = use.map(AccessKeyLastUsed::of).orElse(AccessKeyLastUsed.NEVER);
            return new Output(KeyView.of(key).userName(), lastUsed);
        });
    }

    /// The last use; region and service are `N/A` where there was none.
    public record AccessKeyLastUsed(@Nullable Instant lastUsedDate, String serviceName, String region) {
        static final AccessKeyLastUsed NEVER = new AccessKeyLastUsed(null, "N/A", "N/A");

        static AccessKeyLastUsed of(Use use) {
            return new AccessKeyLastUsed(use.at(), use.service(), use.region());
        }
    }
}
