package entrepot.store.s3;

/// How large parts are. They grow with their number, so that 10,000 of them hold nearly 5 TiB: half a TiB in the first
/// 9,000, and what is beyond that in the last ones.
///
/// Source: Amazon S3 user guide, "Amazon S3 multipart upload limits".
final class PartSizes {

    /// The smallest part that is not the last, in bytes.
    static final long SMALLEST = 5L << 20;

    /// The largest object that one request brings, in bytes.
    static final long FIRST = 8L << 20;

    private static final int FEW = 1_000;
    private static final int MORE = 2_000;
    private static final int MANY = 9_000;

    private PartSizes() {}

    /// Of the part with this number, counted from 1.
    static long of(int number) {
        if (number <= FEW) {
            return FIRST;
        }
        if (number <= MORE) {
            return 2 * FIRST;
        }
        return number <= MANY ? 8 * FIRST : 512 * FIRST;
    }

    /// The same where it is known how many bytes come: as many for each, so that no small ones are left over.
    static long of(int number, long coming) {
        var usual = of(number);
        var count = Math.max(1, coming / usual);
        return Math.max(usual, (coming + count - 1) / count);
    }
}
