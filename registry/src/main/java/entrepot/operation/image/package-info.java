/// Operations on images.
@NullMarked
package entrepot.operation.image;

import org.jspecify.annotations.NullMarked;
