package entrepot.watch;

import java.time.Duration;

/// Is told when a piece of work begins, and how it ends. Names and outcomes are few: each pair is a row of a metric.
public interface Watch {

    /// What went well.
    String OK = "ok";

    /// What failed for a reason that was not foreseen.
    String FAILED = "failed";

    /// What was begun, and is now begun again elsewhere: it counts there.
    String AGAIN = "again";

    /// Where nobody wants to know.
    Watch NONE = new Watch() {
        @Override
        public Work begin(Kind kind, String name) {
            return Work.UNWATCHED;
        }

        @Override
        public void done(Kind kind, String name, String outcome, Duration time) {}

        @Override
        public Watch and(Watch other) {
            return other;
        }
    };

    enum Kind {
        /// An operation, by either door, under its name.
        OPERATION,
        /// A run of a job, under its name.
        JOB,
        /// A request to S3, such as `PutObject`.
        S3,
        /// What is asked of the metadata, the blobs or the key service, such as `metadata.read`.
        STORE
    }

    /// A piece of work that has begun.
    @FunctionalInterface
    interface Work {

        Work UNWATCHED = outcome -> {};

        /// To be called once, on the thread that began it.
        ///
        /// @param outcome [#OK], [#FAILED], or a word for what the name's owner tells apart
        void end(String outcome);
    }

    /// Some work begins on this thread.
    Work begin(Kind kind, String name);

    /// Some work of this thread has just ended that took so long.
    ///
    /// @param outcome as in [Work#end]
    void done(Kind kind, String name, String outcome, Duration time);

    /// Tells this one and another one.
    default Watch and(Watch other) {
        return new Both(this, other);
    }
}
