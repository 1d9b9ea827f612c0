package entrepot.server;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The answer to a question that may hang: it is asked on a thread of its own, never twice at a time however many want
/// to know, and its answer holds for a moment.
final class Fresh<T> {

    /// From the question's beginning.
    private static final Duration HOLDS_FOR = Duration.ofSeconds(2);

    /// For an answer, from the same moment.
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /// A question that is asked, or was.
    record Asked<T>(CompletableFuture<T> answer, long since) {

        private boolean isOlderThan(Duration age) {
            return answer.isDone() && System.nanoTime() - since > age.toNanos();
        }

        /// Empty where no answer comes in time.
        Optional<T> await() {
            try {
                var left = since + PATIENCE.toNanos() - System.nanoTime();
                return Optional.of(answer.get(Math.max(0, left), TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final Supplier<T> question;
    private final Duration holdsFor;
    private @Nullable Asked<T> last;

    /// @param question must not fail, nor give null
    Fresh(Supplier<T> question) {
        this(question, HOLDS_FOR);
    }

    /// @param holdsFor how long an answer does, from the question's beginning
    Fresh(Supplier<T> question, Duration holdsFor) {
        this.question = question;
        this.holdsFor = holdsFor;
    }

    /// Asks, unless it is being asked, or an answer holds.
    synchronized Asked<T> ask() {
        var known = last;
        if (known != null && !known.isOlderThan(holdsFor)) {
            return known;
        }
        var answer = new CompletableFuture<T>();
        var asked = new Asked<>(answer, System.nanoTime());
        last = asked;
        Thread.ofVirtual().name("check").start(() -> complete(answer));
        return asked;
    }

    private void complete(CompletableFuture<T> answer) {
        try {
            answer.complete(question.get());
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }
}
