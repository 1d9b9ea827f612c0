package entrepot.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a manifest that is about another one says of itself to whoever asks for that one's referrers.
///
/// Source: OCI distribution specification, "Listing Referrers".
///
/// @param subject the manifest that it is about, which need not exist
/// @param artifactType `artifactType`, else an image's config media type; an index may have none
/// @param annotations of the manifest, in its order
public record Referral(Digest subject, @Nullable String artifactType, Map<String, String> annotations) {

    public Referral {
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }
}
