package entrepot.http.body;

/// What one answer may have in memory on its way to its client, while it lasts.
public final class Window {

    private static final int LARGEST = 1 << 20;
    private static final int SMALLEST = 8 << 10;

    private final Room room;
    private final int bytes;

    private Window(Room room, int bytes) {
        this.room = room;
        this.bytes = bytes;
    }

    /// As large as there is room for. Waits for a small one, and fails with `Throttling` where that takes too long.
    public static Window of(Room room) {
        for (var bytes = LARGEST; bytes > SMALLEST; bytes /= 2) {
            if (room.tryTake(bytes, 0)) {
                return new Window(room, bytes);
            }
        }
        room.take(SMALLEST, 0);
        return new Window(room, SMALLEST);
    }

    public int bytes() {
        return bytes;
    }

    /// To be called once.
    public void close() {
        room.giveBack(bytes);
    }
}
