package entrepot.operation.secret;

import static entrepot.domain.SecretVersion.CURRENT;
import static entrepot.domain.SecretVersion.PREVIOUS;

import entrepot.domain.Secret;
import entrepot.domain.SecretVersion;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/// The versions of a secret, and how labels go from one to another. Source: Secrets Manager API, PutSecretValue; user
/// guide, "Quotas".
final class SecretVersions {

    /// Of one secret.
    private static final int MOST = 100;

    /// How long a version stays whatever labels it has.
    private static final Duration KEPT = Duration.ofDays(1);

    private SecretVersions() {}

    static Optional<SecretVersion> current(List<SecretVersion> versions) {
        return at(versions, CURRENT);
    }

    static Optional<SecretVersion> at(List<SecretVersion> versions, String stage) {
        return versions.stream()
                .filter(version -> version.stages().contains(stage))
                .findFirst();
    }

    static Optional<SecretVersion> called(List<SecretVersion> versions, String id) {
        return versions.stream().filter(version -> version.id().equals(id)).findFirst();
    }

    /// Adds a version and puts the labels at it. A secret's first version is the current one, whatever else it is
    /// called;
    /// the one that was current before is the previous one. The same version again changes nothing.
    ///
    /// Fails with a refusal if there is one of this name with another value, or no room.
    ///
    /// @return as it is then
    static SecretVersion put(Transaction tx, Secret secret, GivenValue given, List<String> stages, Instant now) {
        var before = tx.secrets().versions(secret);
        var same = called(before, given.version());
        if (same.isPresent()) {
            requireSame(tx, secret, given);
            return same.get();
        }
        makeRoom(tx, secret, before, now);
        tx.secrets().addVersion(secret, given.version(), given.value(), now);
        tx.secrets().update(secret.changedAt(now));
        var labels = new LinkedHashSet<>(stages);
        if (before.isEmpty()) {
            labels.add(CURRENT);
        }
        label(tx, secret, given.version(), labels, before);
        return called(tx.secrets().versions(secret), given.version()).orElseThrow();
    }

    private static void requireSame(Transaction tx, Secret secret, GivenValue given) {
        var there = tx.secrets().value(secret, given.version()).orElseThrow();
        if (!there.isSame(given.value())) {
            throw SecretRefusals.tokenInUse(given.version(), secret.arn());
        }
    }

    /// Where the current label moves, the previous one follows it to where it was, also if that was asked for the new
    /// one.
    private static void label(
            Transaction tx, Secret secret, String version, SequencedSet<String> stages, List<SecretVersion> before) {
        stages.forEach(stage -> tx.secrets().putStage(secret, stage, version));
        if (stages.contains(CURRENT)) {
            current(before).ifPresent(old -> tx.secrets().putStage(secret, PREVIOUS, old.id()));
        }
    }

    /// The oldest go that have no label and are no longer kept for their age.
    private static void makeRoom(Transaction tx, Secret secret, List<SecretVersion> versions, Instant now) {
        var tooMany = versions.size() + 1 - MOST;
        var gone = versions.reversed().stream()
                .filter(version -> version.stages().isEmpty())
                .filter(version -> version.createdAt().isBefore(now.minus(KEPT)))
                .limit(Math.max(0, tooMany))
                .toList();
        gone.forEach(version -> tx.secrets().deleteVersion(secret, version.id()));
        if (gone.size() < tooMany) {
            throw SecretRefusals.limit("A secret can have at most %d versions.".formatted(MOST));
        }
    }
}
