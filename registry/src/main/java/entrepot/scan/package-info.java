/// Scans of images: those that were pushed or asked for, made one after the other, and made anew when more is known.
@NullMarked
package entrepot.scan;

import org.jspecify.annotations.NullMarked;
