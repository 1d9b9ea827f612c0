/// How images are scanned, and what was found in them.
@NullMarked
package entrepot.operation.scanning;

import org.jspecify.annotations.NullMarked;
