package entrepot.domain;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How the server looks by itself at everything that is stored.
///
/// @param every from the beginning of one look to that of the next; null for never
/// @param rate how many bytes of blobs are read in a second, at most; 0 for no bound
public record ScrubRules(@Nullable Duration every, long rate) {

    public static final ScrubRules OFF = new ScrubRules(null, 20_000_000);
}
