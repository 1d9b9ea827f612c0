package entrepot.config;

import entrepot.domain.ScrubRules;
import java.nio.file.Path;
import java.time.Duration;

/// Where everything is kept.
///
/// @param data the folder that this process owns
/// @param metadata what keeps all that is not a blob
/// @param blobs what keeps the blobs
/// @param keys what keeps the keys of encrypted repositories
/// @param archive where the bytes of archived images go
/// @param spoolBytes what bodies and answers may take of the disk together while their requests go on
/// @param scrub how often it is looked at whether all of it is whole
public record Storage(
        Path data,
        MetadataKind metadata,
        BlobKind blobs,
        ArchivePlace archive,
        Keys keys,
        long spoolBytes,
        ScrubRules scrub) {

    /// Of which the largest body and the largest answer find room.
    private static final long LEAST_SPOOL = 1L << 30;

    private static final long USUAL_SPOOL = 4L << 30;

    /// What is above cannot be counted in nanoseconds.
    private static final long MOST_RATE = 1L << 40;

    /// How long a request may wait for a database or S3.
    static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(3);

    /// All of it in one folder.
    public static Storage in(Path data) {
        return new Storage(
                data,
                new MetadataKind.Sqlite(),
                new BlobKind.Disk(),
                ArchivePlace.NONE,
                Keys.USUAL,
                USUAL_SPOOL,
                ScrubRules.OFF);
    }

    static Storage read(Sources sources) {
        var timeout = sources.value("dependency-timeout", USUAL_TIMEOUT, Storage::timeout);
        return new Storage(
                sources.value("data", Path.of("data"), Path::of),
                MetadataKind.read(sources, timeout),
                BlobKind.read(sources, timeout),
                ArchivePlace.read(sources),
                Keys.read(sources),
                sources.number("spool-bytes", USUAL_SPOOL, LEAST_SPOOL, Long.MAX_VALUE),
                scrub(sources, ScrubRules.OFF));
    }

    private static ScrubRules scrub(Sources sources, ScrubRules usual) {
        return new ScrubRules(
                sources.optional("scrub.every", Durations::parse).orElse(usual.every()),
                sources.number("scrub.rate", usual.rate(), 0, MOST_RATE));
    }

    private static Duration timeout(String text) {
        var timeout = Durations.parse(text);
        if (timeout.compareTo(LEAST_TIMEOUT) < 0) {
            throw new IllegalArgumentException("must be at least 3s");
        }
        return timeout;
    }
}
