package entrepot.job;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import entrepot.auth.ClockByHand;
import entrepot.store.MetadataStore;
import entrepot.store.TestStores;
import entrepot.watch.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/// Jobs, JobThread, JobStatus and Complaints.
@Timeout(60)
class JobThreadsTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final Duration OFTEN = Duration.ofMillis(1);

    private final ClockByHand clock = new ClockByHand(NOW);

    @AutoClose
    private final MetadataStore metadata = TestStores.metadata();

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void stop() {
        logger().detachAppender(log);
    }

    /// Of this test's job: others of this process may still be at their end.
    private List<ILoggingEvent> told() {
        return log.list.stream()
                .filter(event -> event.getFormattedMessage().contains("told"))
                .toList();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(Jobs.class);
    }

    /// Does what a test says.
    private record Told(Duration every, Predicate<Failures> work) implements Job {
        @Override
        public String name() {
            return "told";
        }

        @Override
        public Scope scope() {
            return Scope.EACH_NODE;
        }

        @Override
        public boolean step(Failures failures) {
            return work.test(failures);
        }
    }

    private Jobs start(Duration every, Predicate<Failures> work) {
        return Jobs.start(List.of(new Told(every, work)), metadata, clock, Watch.NONE);
    }

    private static JobStatus await(Jobs jobs, Predicate<JobStatus> wanted) throws InterruptedException {
        while (!wanted.test(jobs.status().getFirst())) {
            Thread.sleep(1);
        }
        return jobs.status().getFirst();
    }

    @Test
    void an_error_does_not_end_a_job() throws InterruptedException {
        var runs = new CountDownLatch(3);
        Predicate<Failures> failing = failures -> {
            runs.countDown();
            throw new StackOverflowError("run " + runs.getCount());
        };
        try (var jobs = start(OFTEN, failing)) {
            runs.await();
            var status = await(jobs, it -> it.lastFailure() != null);
            assertThat(requireNonNull(status.lastFailure()).failure()).startsWith("java.lang.StackOverflowError: run ");
        }
    }

    @Test
    void the_same_failure_is_told_once_and_another_one_too() throws InterruptedException {
        var runs = new CountDownLatch(9);
        Predicate<Failures> failing = failures -> {
            runs.countDown();
            throw runs.getCount() % 2 == 0 ? new IllegalStateException("even") : new ArithmeticException("odd");
        };
        try (var _ = start(OFTEN, failing)) {
            runs.await();
        }

        assertThat(told())
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .hasSize(2);
    }

    @Test
    void how_a_job_fares_can_be_asked_for() throws InterruptedException {
        var turns = new Semaphore(0);
        Predicate<Failures> failingFirst = failures -> {
            turns.acquireUninterruptibly();
            if (clock.instant().equals(NOW)) {
                failures.attempt("a row", () -> {
                    throw new IllegalStateException("it is bad");
                });
            }
            return false;
        };
        try (var jobs = start(OFTEN, failingFirst)) {
            assertThat(await(jobs, it -> it.runningSince() != null).line())
                    .isEqualTo("told (on each node, 0 s from run to run): running since 2026-05-01T12:00:00Z,"
                            + " has not run yet");
            turns.release();
            var failed = requireNonNull(await(jobs, it -> it.last() != null).last());
            assertThat(failed.failure()).isEqualTo("1 failed, first a row: java.lang.IllegalStateException: it is bad");
            assertThat(failed.started()).isEqualTo(NOW);

            clock.move(Duration.ofHours(1));
            turns.release(2);
            var well = await(
                    jobs,
                    it -> !failed.equals(it.last()) && requireNonNull(it.last()).failure() == null);
            assertThat(well.lastFailure()).isNotNull();
            assertThat(well.line()).contains(" and went well, last failure 2026-05-01T12:00:00Z took ", "it is bad");
            turns.release(1_000_000);
        }
    }

    @Test
    void a_job_that_has_ever_more_to_do_ends_when_it_is_told_to() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var jobs = start(Duration.ofHours(1), failures -> {
            begun.countDown();
            return true;
        });
        begun.await();

        jobs.close(Duration.ofMinutes(1));

        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).doesNotContain("job-told did not end");
    }

    @Test
    void a_job_that_does_not_end_holds_the_end_up_for_a_while_only() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var held = new Semaphore(0);
        var jobs = start(Duration.ofHours(1), failures -> {
            begun.countDown();
            held.acquireUninterruptibly();
            return false;
        });
        begun.await();

        jobs.close(OFTEN);

        assertThat(told()).extracting(ILoggingEvent::getFormattedMessage).containsExactly("job-told did not end");
        held.release();
        jobs.close(Duration.ofNanos(TimeUnit.MINUTES.toNanos(1)));
    }

    @Test
    void very_many_bad_rows_end_a_run() {
        var steps = new int[1];
        var failures = new Told(OFTEN, it -> {
                    steps[0]++;
                    return !it.attempt(steps[0], () -> {
                        throw new IllegalStateException();
                    });
                })
                .runOnce();

        assertThat(failures.count()).isEqualTo(1_000);
    }
}
