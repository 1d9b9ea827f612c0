/// The data folder, as a place on this machine.
@NullMarked
package entrepot.folder;

import org.jspecify.annotations.NullMarked;
