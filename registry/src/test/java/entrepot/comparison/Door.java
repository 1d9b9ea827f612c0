package entrepot.comparison;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What both doors can do. A call gives the text of its [Outcome]; a read gives what it read, or that text.
interface Door {

    boolean isJson();

    String put(String repository, ModelManifest manifest, @Nullable String tag, @Nullable String digest);

    /// By tag or digest.
    ///
    /// @param deleted is told what went, where the door says so
    String delete(String repository, String reference, Set<String> deleted);

    /// Text, media type and digest.
    List<String> get(String repository, String reference);

    /// The content of a layer.
    String layer(String repository, String digest);

    /// The upload's id.
    String begin(String repository);

    /// Gives how many bytes there are then.
    ///
    /// @param from where the part says to begin
    String append(String repository, String upload, int from, String part);

    String complete(String repository, String upload, String digest);

    /// All tags, page by page.
    List<String> tags(String repository, int page);

    /// As [ModelRepository#referrers(String, String)], page by page.
    List<String> referrers(String repository, String subject, @Nullable String artifactType, int page);
}
