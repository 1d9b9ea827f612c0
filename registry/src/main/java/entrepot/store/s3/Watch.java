package entrepot.store.s3;

import java.time.Duration;

/// Is told of each request to S3, tries that failed and were made again included in one.
@FunctionalInterface
public interface Watch {

    Watch NOBODY = (kind, outcome, time) -> {};

    /// A request was made.
    ///
    /// @param kind what was asked, such as `PutObject`
    /// @param outcome `ok`, `refused` where S3 said no, or `failed` where it said nothing of use
    void done(String kind, String outcome, Duration time);
}
