package entrepot.server;

import entrepot.store.BlobStore;
import org.jspecify.annotations.Nullable;

/// The blobs, wherever they lie, and where those of archived images are brought.
///
/// @param archive null where they stay where they are
record Bytes(BlobStore blobs, @Nullable BlobStore archive) {}
