package entrepot.signing;

import entrepot.domain.EveryApiError;
import entrepot.domain.ImageError;
import entrepot.domain.LayerError;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryError;
import entrepot.store.Signings.Signing;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes signatures. What cannot be had now is tried again after a while, which is longer each time; what is refused
/// for
/// good is written down as failed. Nothing that is cut off is made twice: what has been made is kept before it is
/// stored.
public record SigningWork(SigningMeans means) {

    private static final Logger LOG = LoggerFactory.getLogger(SigningWork.class);

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 9;

    /// About nine minutes.
    private static final int TRIES = 10;

    /// About a day.
    private static final int TRIES_OF_STORES = 300;

    /// Signer's name for what is not the caller's fault.
    private static final String OURS = "InternalServiceErrorException";

    public List<Signing> due(int limit) {
        var now = means.clock().instant();
        return means.metadata().read(tx -> tx.signings().due(now, now.plus(LONGEST_WAIT), limit));
    }

    /// Makes it, unless what is to be signed has gone. What nobody reckons with puts it off too, and is thrown on.
    public void make(Signing signing) {
        try {
            means.metadata()
                    .read(tx -> SigningTarget.find(tx, signing))
                    .ifPresentOrElse(new SignatureMaking(means)::make, () -> drop(signing));
        } catch (UnsignedException e) {
            fail(signing, e.code(), e.reason());
        } catch (RegistryException e) {
            refused(signing, e.error());
        } catch (UncheckedIOException e) {
            LOG.debug("{} is not signed yet", signing.digest(), e);
            later(signing, TRIES_OF_STORES, OURS, "The signature could not be stored");
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            later(signing, TRIES_OF_STORES, OURS, "The signature could not be made");
            throw e;
        }
    }

    private void refused(Signing signing, RegistryError error) {
        later(signing, tries(error), error.type(), error.message());
    }

    /// How often it is tried where this was said.
    private static int tries(RegistryError error) {
        return switch (error) {
            case EveryApiError.Unavailable _,
                    EveryApiError.Throttling _,
                    EveryApiError.StorageFull _,
                    LayerError.UploadBusy _ -> TRIES_OF_STORES;
            case RepositoryError.Kms _, RepositoryError.LimitExceeded _, ImageError.LayersNotFound _ -> TRIES;
            default -> 1;
        };
    }

    private void later(Signing signing, int tries, String code, String reason) {
        if (signing.tries() + 1 >= tries) {
            fail(signing, code, reason);
            return;
        }
        var due = means.clock().instant().plus(wait(signing.tries()));
        means.metadata().transact(tx -> {
            tx.signings().postpone(signing, due);
            return signing;
        });
    }

    private static Duration wait(int tries) {
        var wait = FIRST_WAIT.multipliedBy(1L << Math.min(tries, MOST_DOUBLINGS));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    private void fail(Signing signing, String code, String reason) {
        LOG.warn("{} is not signed by {}: {} {}", signing.digest(), signing.profile(), code, reason);
        means.metadata().transact(tx -> {
            tx.signings().fail(signing, code, reason);
            return signing;
        });
    }

    private void drop(Signing signing) {
        means.metadata().transact(tx -> {
            tx.signings().drop(signing);
            return signing;
        });
    }
}
