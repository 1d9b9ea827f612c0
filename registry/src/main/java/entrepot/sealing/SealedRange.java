package entrepot.sealing;

import entrepot.domain.Content;
import entrepot.domain.Content.FileRegion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.StandardOpenOption;

/// Bytes of a sealed blob, of which only the segments that have them are read. No byte of a segment is given out before
/// all of it was found to be what was sealed.
///
/// @param from in the clear
/// @param length in the clear
record SealedRange(SealedBlob blob, long from, long length) implements Content {

    private static final Openings OPENINGS = Openings.ofHeap();

    @Override
    public void writeTo(WritableByteChannel target) throws IOException {
        if (length > 0) {
            try (var _ = OPENINGS.take()) {
                open(target);
            }
        }
    }

    private void open(WritableByteChannel target) throws IOException {
        var opening = new Opening(target, from / Segments.PLAIN);
        var last = (from + length - 1) / Segments.PLAIN;
        switch (blob.sealed(from / Segments.PLAIN, last + 1)) {
            case FileRegion region -> opening.read(region, last + 1);
            case Content other -> other.writeTo(opening);
        }
        opening.requireWhole(last + 1);
    }

    /// Opens segments as they pass, and gives on what was asked for of each.
    private final class Opening implements WritableByteChannel {

        private final WritableByteChannel target;
        private final ByteBuffer sealed = ByteBuffer.allocate(Segments.SEALED);
        private final ByteBuffer plain = ByteBuffer.allocate(Segments.PLAIN);
        private long number;

        Opening(WritableByteChannel target, long first) {
            this.target = target;
            this.number = first;
        }

        @Override
        public int write(ByteBuffer more) throws IOException {
            var count = more.remaining();
            while (more.hasRemaining()) {
                var wanted = Math.min(blob.sealedLength(number) - sealed.position(), more.remaining());
                sealed.put(more.slice(more.position(), wanted));
                more.position(more.position() + wanted);
                if (sealed.position() == blob.sealedLength(number)) {
                    open();
                }
            }
            return count;
        }

        /// As if they had been written here, without a copy.
        void read(FileRegion region, long end) throws IOException {
            try (var file = FileChannel.open(region.file(), StandardOpenOption.READ)) {
                for (var at = region.offset(); number < end; ) {
                    var segment = sealed.clear().limit(blob.sealedLength(number));
                    while (segment.hasRemaining()) {
                        if (file.read(segment, at + segment.position()) < 0) {
                            return;
                        }
                    }
                    at += segment.limit();
                    open();
                }
            }
        }

        private void open() throws IOException {
            plain.clear();
            blob.open(sealed.flip(), number, plain);
            sealed.clear();
            plain.flip();
            var start = number * Segments.PLAIN;
            plain.position((int) Math.max(0, from - start));
            plain.limit((int) Math.min(plain.limit(), from + length - start));
            while (plain.hasRemaining()) {
                target.write(plain);
            }
            number++;
        }

        void requireWhole(long end) throws IOException {
            if (number != end) {
                throw new IOException("%s ended early".formatted(blob.key()));
            }
        }

        @Override
        public boolean isOpen() {
            return target.isOpen();
        }

        @Override
        public void close() {}
    }
}
