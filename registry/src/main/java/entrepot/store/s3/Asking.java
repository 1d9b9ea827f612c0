package entrepot.store.s3;

import entrepot.store.NoSuchBlobException;
import entrepot.store.StorageFullException;
import entrepot.store.StoreAwayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Makes requests to S3: whatever fails becomes an IOException of the store's kinds, and when nothing is answered, none
/// are made for a while.
///
/// @param watch is told of each
record Asking(Breaker breaker, Watch watch) {

    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY = 429;

    /// What is said where the bytes of a request did not come as they were sent.
    private static final Set<String> BROKEN =
            Set.of("RequestTimeout", "IncompleteBody", "BadDigest", "XAmzContentSHA256Mismatch");

    /// Calls that end with connections that had ended. The JDK's client keeps up to 5 for the next requests, and
    /// the server may end each of them meanwhile, so the tries of one call may all go to such.
    private static final int CALLS = 3;

    private static final Duration SOON = Duration.ofSeconds(5);

    /// One request.
    interface Call<T> {
        T get() throws IOException;
    }

    /// @throws StoreAwayException if S3 does not answer, or only that it fails
    /// @throws S3Exception if it says no, which may be for what the caller expects
    <T> T ask(String kind, Call<T> call) throws IOException {
        if (!breaker.lets()) {
            throw new StoreAwayException("S3 did not answer lately");
        }
        var start = System.nanoTime();
        try {
            var answer = called(call, start);
            done(kind, "ok", start);
            return answer;
        } catch (S3Exception e) {
            throw refused(kind, e, start);
        } catch (SdkException e) {
            throw away(kind, e, start);
        } catch (UncheckedIOException e) {
            throw broken(kind, Objects.requireNonNull(e.getCause()), start);
        }
    }

    private static <T> T called(Call<T> call, long start) throws IOException {
        for (int calls = 1; ; calls++) {
            try {
                return call.get();
            } catch (SdkClientException e) {
                if (calls == CALLS || !hadEnded(e) || since(start).compareTo(SOON) > 0) {
                    throw e;
                }
            }
        }
    }

    /// Whether a connection was no longer one: whoever cannot connect, or waits in vain, is told otherwise.
    ///
    /// Source: RFC 9112, 9.3.1 "Retrying Requests".
    private static boolean hadEnded(SdkClientException failure) {
        var cause = failure.getCause();
        return cause instanceof IOException
                && !(cause instanceof ConnectException
                        || cause instanceof NoRouteToHostException
                        || cause instanceof UnknownHostException
                        || cause instanceof SocketTimeoutException
                        || cause instanceof SSLException);
    }

    /// The bytes that were to be sent could not be read, or an answer was cut behind its head.
    private IOException broken(String kind, IOException failure, long start) {
        if (failure instanceof StorageFullException
                || failure instanceof NoSuchBlobException
                || failure instanceof StoreAwayException) {
            return failure;
        }
        return away(kind, SdkClientException.create(String.valueOf(failure.getMessage()), failure), start);
    }

    private void done(String kind, String outcome, long start) {
        breaker.answered();
        watch.done(kind, outcome, since(start));
    }

    private S3Exception refused(String kind, S3Exception refusal, long start) throws IOException {
        if (refusal.statusCode() >= SERVER_ERROR
                || refusal.statusCode() == TOO_MANY
                || BROKEN.contains(code(refusal))) {
            if (code(refusal).matches(".*(StorageFull|InsufficientStorage|NoSpace).*")) {
                done(kind, "refused", start);
                throw new StorageFullException(refusal);
            }
            throw away(kind, refusal, start);
        }
        done(kind, "refused", start);
        return refusal;
    }

    private StoreAwayException away(String kind, SdkException failure, long start) {
        breaker.failed();
        watch.done(kind, "failed", since(start));
        LOG.warn("S3 does not answer as it should: {}: {}", kind, failure.getMessage());
        LOG.debug("S3 failed", failure);
        return new StoreAwayException("S3 does not answer: " + failure.getMessage());
    }

    static String code(S3Exception refusal) {
        var details = refusal.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
