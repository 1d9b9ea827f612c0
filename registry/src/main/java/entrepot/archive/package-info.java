/// Brings the bytes of layers that only archived images use into the archive, and back.
@NullMarked
package entrepot.archive;

import org.jspecify.annotations.NullMarked;
