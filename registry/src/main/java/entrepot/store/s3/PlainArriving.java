package entrepot.store.s3;

import entrepot.domain.DirectTarget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/// An object's bytes, from the socket.
final class PlainArriving implements Arriving, ReadableByteChannel {

    private static final int PIECE = 64 << 10;

    private final PlainConnections connections;
    private final PlainConnection connection;
    private final PlainHead head;
    private final ByteBuffer first;
    private ByteBuffer piece = ByteBuffer.allocate(0);
    private long left;

    PlainArriving(PlainConnections connections, PlainConnection connection, PlainHead head) {
        this.connections = connections;
        this.connection = connection;
        this.head = head;
        this.left = head.length();
        this.first = connection.rest();
    }

    @Override
    public long size() {
        return head.size();
    }

    @Override
    public int pass(WritableByteChannel target, long most) throws IOException {
        var count = Math.min(most, left);
        if (count == 0) {
            return 0;
        }
        var passed = target instanceof DirectTarget direct && !first.hasRemaining()
                ? direct.takeFrom(this, count)
                : copy(target, count);
        left -= Math.max(0, passed);
        return Math.max(0, passed);
    }

    private int copy(WritableByteChannel target, long most) throws IOException {
        var bytes = first.hasRemaining() ? first : next(most);
        var some = bytes.slice(bytes.position(), (int) Math.min(bytes.remaining(), most));
        var count = some.remaining();
        while (some.hasRemaining()) {
            target.write(some);
        }
        bytes.position(bytes.position() + count);
        return count;
    }

    private ByteBuffer next(long most) throws ArrivalException {
        if (piece.capacity() == 0) {
            piece = ByteBuffer.allocate(PIECE);
        }
        read(piece.clear().limit((int) Math.min(PIECE, most)));
        return piece.flip();
    }

    @Override
    public int read(ByteBuffer bytes) throws ArrivalException {
        try {
            return connection.read(bytes);
        } catch (IOException e) {
            throw new ArrivalException(e);
        }
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }

    @Override
    public void close() {
        connections.end(connection);
    }

    @Override
    public void end(boolean whole) {
        if (whole && left == 0 && !first.hasRemaining() && !head.isLast()) {
            connections.keep(connection);
        } else {
            connections.end(connection);
        }
    }
}
