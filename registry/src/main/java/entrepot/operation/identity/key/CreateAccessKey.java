package entrepot.operation.identity.key;

import entrepot.auth.Caller;
import entrepot.auth.NewKeys;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.UserName;
import entrepot.operation.Operation;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Quotas;
import entrepot.operation.identity.Refusals;
import entrepot.operation.identity.Stored;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A new key of a user, or of the caller. Its secret is told this once. Source: IAM API, CreateAccessKey.
record CreateAccessKey(MetadataStore metadata, NewKeys keys, InstantSource clock)
        implements Operation<CreateAccessKey.Input, CreateAccessKey.Output> {

    public record Input(@Nullable UserName userName) {}

    public record Output(NewKey accessKey) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onUser(caller, name(), input.userName());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var now = clock.instant();
        return metadata.transact(tx -> {
            var user = Stored.userOrCaller(tx, caller, input.userName());
            if (tx.accessKeys().of(Needs.account(caller), user).size() >= Quotas.KEYS_PER_USER) {
                throw Refusals.quota("AccessKeysPerUser", Quotas.KEYS_PER_USER);
            }
            var key = keys.create(Needs.account(caller), user, now);
            tx.accessKeys().create(key);
            return new Output(NewKey.of(key));
        });
    }

    /// A key with its secret.
    public record NewKey(
            @Nullable String userName, String accessKeyId, String status, String secretAccessKey, Instant createDate) {
        static NewKey of(AccessKey key) {
            var view = KeyView.of(key);
            return new NewKey(view.userName(), key.id(), view.status(), key.secret(), key.createdAt());
        }

        /// Without the secret, so that no log can hold it.
        @Override
        public String toString() {
            return "NewKey[" + accessKeyId + "]";
        }
    }
}
