package entrepot.operation.layer;

import entrepot.domain.Digest;
import entrepot.domain.Metered;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/// The digest of a part by itself, taken as its bytes pass.
record PartDigest(MessageDigest hash) implements Metered.Meter {

    PartDigest() {
        this(Digest.Algorithm.SHA256.newComputation());
    }

    @Override
    public void after(ByteBuffer bytes) {
        hash.update(bytes);
    }

    /// Once, when all have passed.
    Digest value() {
        return Digest.of(Digest.Algorithm.SHA256, hash.digest());
    }
}
