package entrepot.sealing;

import entrepot.domain.Progress;
import java.io.IOException;
import java.util.Base64;

/// The progress of a sealed blob: that of the whole segments in the store below, and the bytes of the last one, which
/// lie sealed in the state, before a `.` and the state of the store below.
///
/// @param number of the last segment
/// @param rest its bytes, sealed; none where it has none
/// @param below of the segments before it
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record SealedProgress(long number, byte[] rest, Progress below) {

    private static final String END = ".";

    static SealedProgress of(Progress progress) {
        var number = Segments.last(progress.length());
        var state = progress.state();
        var end = state.indexOf(END);
        var rest = Base64.getDecoder().decode(state.substring(0, Math.max(0, end)));
        var whole = rest.length == 0 ? progress.length() / Segments.PLAIN : number;
        return new SealedProgress(whole, rest, new Progress(Segments.position(whole), state.substring(end + 1)));
    }

    /// @param below with all but the rest of what was appended
    static Progress after(Progress below, Segments segments, SealedAppend appended) {
        var rest = new byte[appended.rest().remaining()];
        appended.rest().get(rest);
        var sealed = rest.length == 0 ? rest : segments.sealed(rest, appended.number(), false);
        return new Progress(
                appended.number() * Segments.PLAIN + rest.length,
                Base64.getEncoder().encodeToString(sealed) + END + below.state());
    }

    /// @param below of whole segments
    static Progress ofWhole(Progress below) {
        return new Progress(below.length() / Segments.SEALED * Segments.PLAIN, END + below.state());
    }

    boolean hasRest() {
        return rest.length > 0;
    }

    /// The bytes of the last segment.
    byte[] rest(Segments segments) throws IOException {
        return rest.length == 0 ? rest : segments.opened(rest, number);
    }
}
