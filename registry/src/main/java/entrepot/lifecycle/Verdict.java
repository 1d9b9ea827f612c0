package entrepot.lifecycle;

import entrepot.domain.ImageAction;
import org.jspecify.annotations.Nullable;

/// What is to be done with an image.
///
/// @param rule that wants it, of the image itself or of the one that it is about; null where that one was deleted
/// @param spare so many of the images that the rule counted may have gone, and it is still to be done
public record Verdict(
        LifecycleImage image, ImageAction action, @Nullable Rule rule, long spare) {

    /// Of what was not counted.
    static Verdict alone(LifecycleImage image, ImageAction action, @Nullable Rule rule) {
        return new Verdict(image, action, rule, Long.MAX_VALUE);
    }

    /// The same for an image that goes along.
    Verdict of(LifecycleImage other) {
        return new Verdict(other, action, rule, spare);
    }
}
