/// Images from elsewhere into this registry, and out of it into folders.
@NullMarked
package entrepot.transfer;

import org.jspecify.annotations.NullMarked;
