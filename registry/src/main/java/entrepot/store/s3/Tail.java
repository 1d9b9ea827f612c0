package entrepot.store.s3;

import entrepot.store.NoSuchBlobException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// The bytes of a blob that are in no part yet.
///
/// @param end where they end
record Tail(Writing.Blob blob, S3State state, long end) {

    Body body() throws IOException {
        return Body.of(bodies());
    }

    /// @param rest behind them
    Body with(Body rest) throws IOException {
        var bodies = bodies();
        bodies.add(rest);
        return Body.of(bodies);
    }

    private List<Body> bodies() throws IOException {
        var bodies = new ArrayList<Body>();
        if (state.object() > 0) {
            bodies.add(new FirstObject(blob, state.object()));
        }
        if (state.hasRows()) {
            bodies.addAll(blob.ledger().bodies(blob.key(), blob.ledger().chain(blob.key(), state.lastRow())));
        }
        var length = bodies.stream().mapToLong(Body::length).sum();
        if (length != end - state.partsEnd()) {
            throw new NoSuchBlobException(blob.key(), state.partsEnd() + length, end);
        }
        return bodies;
    }

    /// What the object that has the first bytes has of them.
    private record FirstObject(Writing.Blob blob, long length) implements Body {
        @Override
        public InputStream read() throws IOException {
            return blob.bucket().get(blob.key(), "bytes=0-" + (length - 1));
        }
    }
}
