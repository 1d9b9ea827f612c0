/// Random calls on both doors, held against a simple model.
@NullMarked
package entrepot.model;

import org.jspecify.annotations.NullMarked;
