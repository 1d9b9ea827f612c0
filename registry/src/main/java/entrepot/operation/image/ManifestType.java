package entrepot.operation.image;

import entrepot.domain.MediaType;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Of which media type a manifest is: by its own word, else its sender's, else as the same bytes were stored before. It
/// may not be called two things.
///
/// @param own what it says itself
/// @param declared what its sender says, in any words
record ManifestType(Optional<MediaType> own, @Nullable String declared) {

    /// Fails with a refusal of the manifest.
    ///
    /// @param stored asked only if nobody says it
    MediaType orStored(Supplier<Optional<MediaType>> stored) {
        var sent = Optional.ofNullable(declared).map(ManifestType::mediaType);
        if (own.isPresent() && sent.isPresent() && !own.equals(sent)) {
            throw ManifestReader.malformed(
                    "It says that it is %s, and was sent as %s".formatted(own.get(), sent.get()));
        }
        return own.or(() -> sent)
                .or(stored)
                .orElseThrow(
                        () -> ManifestReader.malformed("Neither it nor its sender says of which media type it is"));
    }

    private static MediaType mediaType(String text) {
        if (!MediaType.isMediaType(text)) {
            throw ManifestReader.malformed("What it was sent as is no media type");
        }
        return new MediaType(text);
    }
}
