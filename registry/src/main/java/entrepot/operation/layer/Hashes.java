package entrepot.operation.layer;

import entrepot.domain.Content;
import entrepot.domain.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;

/// Digests of content that is read once, for nothing else.
final class Hashes {

    private Hashes() {}

    static boolean same(Content one, Content other) throws IOException {
        return hash(one, Digest.Algorithm.SHA256).equals(hash(other, Digest.Algorithm.SHA256));
    }

    static Digest hash(Content content, Digest.Algorithm algorithm) throws IOException {
        var hash = algorithm.newComputation();
        content.writeTo(new HashOnly(hash));
        return Digest.of(algorithm, hash.digest());
    }

    private record HashOnly(MessageDigest hash) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) {
            var count = bytes.remaining();
            hash.update(bytes);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // nothing is held open
        }
    }
}
