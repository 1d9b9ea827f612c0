package entrepot.http.vertx;

/// The place of one connection among a server's [OpenConnections]. Lives on the connection's event loop; what it
/// borrows is guarded by the connections' lock.
final class Seat {

    /// What a connection may hold of whole heads, and as much of one in part, without borrowing, in bytes. Clients'
    /// usual heads are below it.
    static final long SHARE = 16 << 10;

    private final OpenConnections connections;
    private final Runnable close;
    private long whole;
    private long part;
    private long borrowed;
    private boolean taken = true;

    Seat(OpenConnections connections, Runnable close) {
        this.connections = connections;
        this.close = close;
    }

    /// About what a head takes as it lies in memory, with all that is made of it until it is answered.
    ///
    /// @param bytes of it on the wire
    static long costOf(int bytes, int lines) {
        return 2048 + 2L * bytes + 200L * lines;
    }

    /// No request is in progress.
    void await() {
        connections.await(this);
    }

    /// A whole head has come.
    void work() {
        connections.work(this);
    }

    void leave() {
        connections.leave(this);
    }

    /// Says what is held of a head that is not whole yet. Returns whether it may be.
    boolean holdPart(long bytes) {
        part = bytes;
        return settle();
    }

    /// The head has become whole, and [#hold] follows.
    void forgetPart() {
        part = 0;
    }

    /// Returns whether a whole head of that cost may be held; if so, [#release] must follow.
    boolean hold(long cost) {
        whole += cost;
        if (settle()) {
            return true;
        }
        release(cost);
        return false;
    }

    void release(long cost) {
        whole -= cost;
        var _ = settle();
    }

    private boolean settle() {
        var need = Math.max(0, whole - SHARE) + Math.max(0, part - SHARE);
        return need == borrowed || connections.lend(this, need);
    }

    // for the connections, under their lock

    boolean isTaken() {
        return taken;
    }

    long borrowed() {
        return borrowed;
    }

    void borrow(long bytes) {
        borrowed = bytes;
    }

    void end() {
        taken = false;
        borrowed = 0;
    }

    void close() {
        close.run();
    }
}
