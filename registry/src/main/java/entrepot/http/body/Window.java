package entrepot.http.body;

/// What one answer may have in memory on its way to its client, while it lasts.
public final class Window {

    private static final int LARGEST = 1 << 20;
    private static final int SMALLEST = 8 << 10;

    /// One is filled while the others are on their way. A short answer goes in one.
    public static final int PIECES = 4;

    private final Room room;
    private final int bytes;

    private Window(Room room, int bytes) {
        this.room = room;
        this.bytes = bytes;
    }

    /// As large as the answer needs, and as there is room for. Waits for a small one, and fails with `Throttling` where
    /// that takes too long.
    ///
    /// @param length of the answer, in bytes; below zero if nobody knows it
    public static Window of(Room room, long length) {
        for (var bytes = largest(length); bytes > SMALLEST; bytes /= 2) {
            if (room.tryTake(bytes, 0)) {
                return new Window(room, bytes);
            }
        }
        room.take(SMALLEST, 0);
        return new Window(room, SMALLEST);
    }

    private static int largest(long length) {
        var bytes = LARGEST;
        while (length >= 0 && bytes > SMALLEST && bytes / 2 >= PIECES * length) {
            bytes /= 2;
        }
        return bytes;
    }

    public int bytes() {
        return bytes;
    }

    /// To be called once.
    public void close() {
        room.giveBack(bytes);
    }
}
