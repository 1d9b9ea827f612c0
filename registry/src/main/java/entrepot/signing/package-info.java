/// Signs images that were pushed, in the name of who pushed them.
@NullMarked
package entrepot.signing;

import org.jspecify.annotations.NullMarked;
