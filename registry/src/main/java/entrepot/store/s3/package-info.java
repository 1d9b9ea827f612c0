/// Blobs as objects of a bucket of Amazon S3, or of what speaks as it does.
@NullMarked
package entrepot.store.s3;

import org.jspecify.annotations.NullMarked;
