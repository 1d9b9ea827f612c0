package entrepot.store.s3;

import entrepot.domain.BlobKey;
import java.time.Instant;

/// An upload of parts that has not ended.
///
/// @param upload what S3 calls it
record Unfinished(BlobKey key, String upload, Instant begun) {}
