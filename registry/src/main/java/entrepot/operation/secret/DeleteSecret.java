package entrepot.operation.secret;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.Secret;
import entrepot.domain.SecretArn;
import entrepot.operation.Operation;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets nobody read a secret any more, and lets it go when the recovery window is over, or at once where that is
/// forced.
/// Source: Secrets Manager API, DeleteSecret.
public final class DeleteSecret implements Operation<DeleteSecret.Input, DeleteSecret.Output> {

    public record Input(
            String secretId,
            @Nullable Long recoveryWindowInDays,
            @Nullable Boolean forceDeleteWithoutRecovery) {

        boolean isForced() {
            return Boolean.TRUE.equals(forceDeleteWithoutRecovery);
        }
    }

    /// @param arn null where there was nothing to delete
    public record Output(@Nullable String arn, String name, Instant deletionDate) {}

    private static final int SHORTEST = 7;
    private static final int LONGEST = 30;

    private final SecretCalls calls;

    DeleteSecret(SecretCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(need(caller, input));
    }

    private Permission need(Caller caller, Input input) {
        var forced = List.of(String.valueOf(input.isForced()));
        return calls.need(caller, this, input.secretId())
                .with("secretsmanager:RecoveryWindowInDays", List.of(String.valueOf(days(input))))
                .with("secretsmanager:ForceDeleteWithoutRecovery", forced);
    }

    private static long days(Input input) {
        var days = input.recoveryWindowInDays();
        if (days != null && input.isForced()) {
            throw SecretRefusals.parameter(
                    "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
        }
        if (days != null && (days < SHORTEST || days > LONGEST)) {
            throw SecretRefusals.parameter("The RecoveryWindowInDays value must be between %d and %d days (inclusive)."
                    .formatted(SHORTEST, LONGEST));
        }
        return days == null ? LONGEST : days;
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var need = need(caller, input);
        if (input.isForced()) {
            calls.decisions().confirm(caller, this, need);
            return SecretArn.parse(need.resource().value())
                    .map(this::force)
                    .orElseGet(() -> new Output(null, input.secretId(), calls.now()));
        }
        var arn = calls.decided(caller, this, need);
        return calls.metadata().transact(tx -> schedule(tx, arn, days(input)));
    }

    /// What is not there is as good as deleted.
    private Output force(SecretArn arn) {
        return calls.metadata().transact(tx -> {
            var secret = tx.secrets().find(arn);
            secret.ifPresent(tx.secrets()::delete);
            var name = secret.map(Secret::name).orElseGet(arn::resource);
            return new Output(arn.toString(), name, calls.now());
        });
    }

    private Output schedule(Transaction tx, SecretArn arn, long days) {
        var secret = SecretCalls.require(tx, arn);
        if (secret.deletion() != null) {
            throw SecretRefusals.alreadyToBeDeleted();
        }
        var now = calls.now();
        var deletion = new Secret.Deletion(now, now.plus(Duration.ofDays(days)));
        tx.secrets().update(secret.deletedBy(deletion, now));
        return new Output(arn.toString(), secret.name(), deletion.due());
    }
}
