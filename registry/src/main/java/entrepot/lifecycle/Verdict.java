package entrepot.lifecycle;

import entrepot.domain.ImageAction;
import org.jspecify.annotations.Nullable;

/// What is to be done with an image.
///
/// @param rule that wants it, of the image itself or of the one that it is about; null where that one was deleted
public record Verdict(
        LifecycleImage image, ImageAction action, @Nullable Rule rule) {

    /// The same for an image that goes along.
    Verdict of(LifecycleImage other) {
        return new Verdict(other, action, rule);
    }
}
