package entrepot.sealing;

import entrepot.store.Cover;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// Seals under data keys, one after the other.
///
/// @param dataKeys the outermost last
record SealedCover(List<byte[]> dataKeys) implements Cover {

    @Override
    public byte[] seal(String name, byte[] plain) {
        var bytes = plain;
        for (var key : dataKeys) {
            bytes = seal(new Segments(key, name), bytes);
        }
        return bytes;
    }

    private static byte[] seal(Segments segments, byte[] plain) {
        var from = ByteBuffer.wrap(plain);
        var sealed = ByteBuffer.allocate(Math.toIntExact(Segments.sealedLength(plain.length)));
        for (long number = 0; sealed.hasRemaining(); number++) {
            var some = from.slice(from.position(), Math.min(from.remaining(), Segments.PLAIN));
            from.position(from.position() + some.remaining());
            segments.seal(some, number, !from.hasRemaining(), sealed);
        }
        return sealed.array();
    }

    @Override
    public byte[] open(String name, byte[] sealed) {
        try {
            var bytes = sealed;
            for (var key : dataKeys.reversed()) {
                bytes = open(new Segments(key, name), bytes);
            }
            return bytes;
        } catch (IOException e) {
            throw new IllegalStateException("cannot be opened: " + name, e);
        }
    }

    private static byte[] open(Segments segments, byte[] sealed) throws IOException {
        var from = ByteBuffer.wrap(sealed);
        var plain = ByteBuffer.allocate(sealed.length);
        for (long number = 0; from.hasRemaining(); number++) {
            var some = from.slice(from.position(), Math.min(from.remaining(), Segments.SEALED));
            from.position(from.position() + some.remaining());
            segments.requireEnd(some, number, !from.hasRemaining());
            segments.open(some, number, plain);
        }
        return Arrays.copyOf(plain.array(), plain.position());
    }
}
