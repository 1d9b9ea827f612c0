/// Whether what is stored is whole, and which keys it is under, told from what the stores hold and nothing else.
@NullMarked
package entrepot.check;

import org.jspecify.annotations.NullMarked;
