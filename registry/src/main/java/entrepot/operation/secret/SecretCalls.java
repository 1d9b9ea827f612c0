package entrepot.operation.secret;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Secret;
import entrepot.domain.SecretArn;
import entrepot.operation.Decisions;
import entrepot.operation.Operation;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Finds the secrets that calls mean.
///
/// @param decisions asked again where a name might mean another secret than the one that was decided about
record SecretCalls(MetadataStore metadata, Decisions decisions, InstantSource clock) {

    Instant now() {
        return clock.instant();
    }

    /// What a call needs of the secret that it names. A refusal calls the secret as the caller did.
    Permission need(Caller caller, Operation<?, ?> operation, String secretId) {
        var name = SecretName.parse(caller.registry(), secretId);
        var arn = metadata.read(name::find).map(secret -> secret.arn().toArn()).orElseGet(name::absent);
        return SecretNeeds.on(operation.name(), name.home().account(), arn)
                .calling(secretId)
                .with("secretsmanager:SecretId", List.of(arn.value()));
    }

    /// The secret of a call that was allowed. A name may be another secret's by now, and then it is decided anew.
    ///
    /// @param need as the call comes to need it now
    SecretArn decided(Caller caller, Operation<?, ?> operation, Permission need) {
        decisions.confirm(caller, operation, need);
        return SecretArn.parse(need.resource().value()).orElseThrow(SecretRefusals::notFound);
    }

    /// The secret of this ARN. Fails with a refusal if it is not there.
    static Secret require(Transaction tx, SecretArn arn) {
        return tx.secrets().find(arn).orElseThrow(SecretRefusals::notFound);
    }

    /// The same, of one that is not to be deleted.
    static Secret requireKept(Transaction tx, SecretArn arn) {
        var secret = require(tx, arn);
        if (secret.deletion() != null) {
            throw SecretRefusals.toBeDeleted();
        }
        return secret;
    }
}
