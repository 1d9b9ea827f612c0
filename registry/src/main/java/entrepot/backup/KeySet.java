package entrepot.backup;

import entrepot.domain.BlobKey;
import java.util.Arrays;

/// Keys of many million blobs, in 8 bytes each: one that was added is in it, and so is, once in very many, one that was
/// not.
final class KeySet {

    private static final long PRIME = 0x100000001b3L;
    private static final long OFFSET = 0xcbf29ce484222325L;

    private long[] hashes = new long[1 << 10];
    private int count;
    private boolean isSorted;

    void add(BlobKey key) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * count);
        }
        hashes[count++] = hash(key);
        isSorted = false;
    }

    boolean mayHave(BlobKey key) {
        if (!isSorted) {
            Arrays.sort(hashes, 0, count);
            isSorted = true;
        }
        return Arrays.binarySearch(hashes, 0, count, hash(key)) >= 0;
    }

    /// Source: FNV-1a (draft-eastlake-fnv).
    private static long hash(BlobKey key) {
        var hash = OFFSET;
        for (int i = 0; i < key.value().length(); i++) {
            hash = (hash ^ key.value().charAt(i)) * PRIME;
        }
        return hash;
    }
}
