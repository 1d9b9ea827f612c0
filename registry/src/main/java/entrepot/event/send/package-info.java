/// The ways by which others are told.
@NullMarked
package entrepot.event.send;

import org.jspecify.annotations.NullMarked;
