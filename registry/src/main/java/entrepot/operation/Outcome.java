package entrepot.operation;

import entrepot.domain.Asker;
import entrepot.domain.EveryApiError;
import entrepot.domain.Haste;
import entrepot.domain.LayerError;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryError;
import entrepot.domain.StoredManifest;
import java.util.Locale;

/// How operations end that do not go well, in the few words that are counted.
enum Outcome {
    /// The caller may not.
    DENIED,
    /// It cannot be done, whoever asks.
    REFUSED,
    /// It cannot be done now: too much at once, no room, or something that is needed is away.
    UNAVAILABLE,
    /// The caller went away.
    LEFT,
    /// It is begun again elsewhere, and counts there.
    AGAIN,
    /// Nobody foresaw it.
    FAILED;

    private final String word = name().toLowerCase(Locale.ROOT);

    static String of(Throwable failure) {
        return kind(failure).word;
    }

    private static Outcome kind(Throwable failure) {
        if (failure instanceof RegistryException refusal) {
            return of(refusal.error());
        }
        if (failure instanceof Haste.Late) {
            return AGAIN;
        }
        if (failure instanceof StoredManifest.Gone) {
            return UNAVAILABLE;
        }
        return Asker.isGone() ? LEFT : FAILED;
    }

    private static Outcome of(RegistryError error) {
        return switch (error) {
            case EveryApiError.AccessDenied _ -> DENIED;
            case EveryApiError _, LayerError.UploadBusy _ -> UNAVAILABLE;
            case RepositoryError.Kms kms when kms.isPassing() -> UNAVAILABLE;
            default -> REFUSED;
        };
    }
}
