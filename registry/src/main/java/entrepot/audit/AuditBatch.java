package entrepot.audit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Lines that are written at once.
///
/// @param lines the first is that of the gap, if there is one
/// @param gap how many events are missing before the others
record AuditBatch(List<byte[]> lines, long gap) {

    static AuditBatch of(List<byte[]> events, long gap, Instant now) {
        var lines = new ArrayList<byte[]>();
        if (gap > 0) {
            lines.add(AuditLine.ofGap(gap, now));
        }
        lines.addAll(events);
        return new AuditBatch(lines, gap);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /// @param torn whether what was written last is half a line, which is ended first
    ByteBuffer bytes(boolean torn) {
        var bytes = new ByteArrayOutputStream();
        if (torn) {
            bytes.write('\n');
        }
        lines.forEach(bytes::writeBytes);
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    /// How many events are in no whole line, when the buffer could not be written to its end.
    long lost(ByteBuffer bytes, boolean torn) {
        var whole = 0;
        for (var i = torn ? 1 : 0; i < bytes.position(); i++) {
            whole += bytes.get(i) == '\n' ? 1 : 0;
        }
        return lines.size() - whole + (gap > 0 && whole == 0 ? gap - 1 : 0);
    }

    static boolean endsTorn(ByteBuffer bytes, boolean torn) {
        return bytes.position() == 0 ? torn : bytes.get(bytes.position() - 1) != '\n';
    }
}
