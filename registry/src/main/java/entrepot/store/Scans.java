package entrepot.store;

import entrepot.domain.Digest;
import entrepot.domain.ImageScan;
import entrepot.domain.ImageScan.Cause;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.ScanStatus;
import entrepot.domain.ScanningConfiguration;
import entrepot.domain.Severity;
import entrepot.domain.StoredImage;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How registries' images are scanned, and what was found in them: asked for by a push or a caller, made by a job,
/// shown until a newer one is. docs/decisions/0045-scanning.md has the order.
public interface Scans {

    ScanningConfiguration configuration(RegistryId registry);

    void configure(RegistryId registry, ScanningConfiguration configuration);

    /// The registries whose scanning is enhanced, in no order.
    List<RegistryId> enhanced();

    /// An image that was pushed, and may be to be scanned.
    ///
    /// @param image its id
    /// @param repository the id of its repository
    record Pushed(long image, long repository, Digest digest, Instant at) {}

    /// Writes it down, in the transaction of the push.
    void pushed(Repository repository, StoredImage image, Instant at);

    /// The first ones of them, in no order.
    List<Pushed> pushed(int limit);

    /// Whether it is among them still.
    boolean isPushed(StoredImage image);

    /// They are among them no more.
    void settle(Collection<Pushed> pushed);

    /// A scan to be made of an image.
    ///
    /// @param status how it begins; one that is not open is not made
    /// @param description why; null for one that is made
    record Request(
            Pushed image,
            RegistryId registry,
            ScanningConfiguration.Type type,
            Cause cause,
            ScanStatus status,
            @Nullable String description) {}

    /// Asks for a scan. It is shown from now on; one for a change only when it has been made, and it is not asked for
    /// where another is to be made of the image.
    void request(Request request, Instant now);

    /// How many were asked for in a registry since then, but no more than `most`; those for a change do not count.
    int count(RegistryId registry, Instant since, int most);

    /// The scan that is shown of each image, by the image's id. One without is not a key.
    Map<Long, ImageScan> shown(Collection<StoredImage> images);

    /// The last scan of each image that came to a result, by the image's id, whatever was begun or failed after it.
    Map<Long, ImageScan> last(Collection<StoredImage> images);

    /// The one of this id, also such as is not shown.
    Optional<ImageScan> find(long id);

    /// The first ones to be made that nobody has begun with, those that were asked for before those for a change.
    ///
    /// @param latest who has one for longer than until then had a clock that was wrong, and counts for nobody
    List<ImageScan> open(Instant now, Instant latest, int limit);

    /// Whoever makes it has it until then. Says whether nobody else has.
    ///
    /// @param latest as in {@link #open}
    boolean claim(ImageScan scan, Instant now, Instant latest, Instant until);

    /// Has its maker have it until then. Says whether it is still to be made, and by him.
    ///
    /// @param had until when he has it: another's claim ends at another time
    boolean keep(ImageScan scan, Instant had, Instant until);

    /// A finding of a scan.
    ///
    /// @param place among all findings of the scan, from 1
    /// @param document what is told of it
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Finding(Severity severity, int place, byte[] document) {}

    /// Adds findings to a scan that is being made. They lie under the repository's cover.
    void add(ImageScan scan, List<Finding> findings, Cover cover);

    /// The scan has ended, and is shown in place of any other of its image. Says whether it was to be made still.
    ///
    /// @param had until when its maker has it, as in {@link #keep}
    boolean end(ImageScan scan, Instant had, ScanStatus status, ImageScan.Result result);

    /// A scan that is not to be made any more, nor shown.
    void drop(ImageScan scan);

    /// Where a page of findings begins: behind this one.
    record Place(Severity severity, int place) {

        /// Before all of them.
        public static final Place START = new Place(Severity.CRITICAL, 0);
    }

    /// The findings of a scan behind a place, the worst first.
    List<Finding> findings(ImageScan scan, Place after, int limit, Cover cover);

    /// Nothing of this image is to be scanned or shown any more.
    void forget(Repository repository, StoredImage image);

    /// Scans that are neither shown nor to be made, nor the last ones that came to a result.
    List<ImageScan> over(int limit);

    /// Removes some of its findings. Says whether there may be more.
    boolean removeFindings(ImageScan scan, int limit);

    /// The caller has removed its findings.
    void remove(ImageScan scan);

    /// Keeps what an image is made of, in the place of what was kept. It lies under the repository's cover.
    void keepComponents(ImageScan scan, byte[] document, Cover cover);

    Optional<byte[]> components(ImageScan scan, Cover cover);

    /// Scans that are to be made or are being made, each no more than was asked for.
    ///
    /// @param scans those that somebody waits for
    /// @param matches those for a change
    record Waiting(long scans, long matches) {}

    Waiting waiting(int most);

    /// Scans that are shown and were made by other vulnerabilities than these, or failed, behind the one of this id.
    List<ImageScan> outdated(ScanningConfiguration.Type type, String source, long after, int limit);
}
