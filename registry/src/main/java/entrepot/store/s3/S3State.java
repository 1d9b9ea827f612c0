package entrepot.store.s3;

import entrepot.domain.Progress;

/// What a progress says of a blob on its way to S3. First its parts, if there are any; behind them an object that holds
/// the first bytes, if there are no parts; behind that bytes in rows.
///
/// @param parts how many there are
/// @param partsEnd where they end
/// @param lastPart the id of the last one's row; `-` if there is none
/// @param object how many bytes the object has; 0 if there is none
/// @param lastRow the id of the last row of bytes; `-` if there is none
/// @param upload what S3 calls the upload of the parts; `-` if there is none
record S3State(int parts, long partsEnd, String lastPart, long object, String lastRow, String upload) {

    static final String NONE = "-";
    private static final S3State NOTHING = new S3State(0, 0, NONE, 0, NONE, NONE);

    static S3State of(Progress progress) {
        var words = progress.state().split(" ", 6);
        return words.length < 6
                ? NOTHING
                : new S3State(
                        Integer.parseInt(words[0]),
                        Long.parseLong(words[1]),
                        words[2],
                        Long.parseLong(words[3]),
                        words[4],
                        words[5]);
    }

    Progress progress(long length) {
        return new Progress(length, "%d %d %s %d %s %s".formatted(parts, partsEnd, lastPart, object, lastRow, upload));
    }

    boolean hasUpload() {
        return !upload.equals(NONE);
    }

    boolean hasRows() {
        return !lastRow.equals(NONE);
    }

    S3State withUpload(String id) {
        return new S3State(parts, partsEnd, lastPart, object, lastRow, id);
    }

    /// With all that is behind the parts in one more.
    S3State withPart(String id, long end) {
        return new S3State(parts + 1, end, id, 0, NONE, upload);
    }

    S3State withObject(long length) {
        return new S3State(parts, partsEnd, lastPart, length, lastRow, upload);
    }

    S3State withRow(String id) {
        return new S3State(parts, partsEnd, lastPart, object, id, upload);
    }
}
