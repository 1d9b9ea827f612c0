/// Where things are kept: a small SPI for bytes and one for everything else.
@NullMarked
package entrepot.store;

import org.jspecify.annotations.NullMarked;
