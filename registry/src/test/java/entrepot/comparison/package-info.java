/// Random calls on both doors, held against a simple model.
@NullMarked
package entrepot.comparison;

import org.jspecify.annotations.NullMarked;
