package entrepot.audit;

import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Where lines go.
interface AuditOutput extends Closeable {

    /// Writes all of it, or fails and leaves in the buffer what it could not write.
    void write(ByteBuffer lines) throws IOException;

    @Override
    void close() throws IOException;

    /// The process's own output.
    static AuditOutput stdout() {
        return new Stdout(new FileOutputStream(FileDescriptor.out).getChannel());
    }

    /// Stays open: it is not ours alone.
    record Stdout(FileChannel channel) implements AuditOutput {
        @Override
        public void write(ByteBuffer lines) throws IOException {
            while (lines.hasRemaining()) {
                channel.write(lines);
            }
        }

        @Override
        public void close() {}
    }
}
