/// Stores whose every call is told to a watch. They are made only where somebody traces.
@NullMarked
package entrepot.store.watched;

import org.jspecify.annotations.NullMarked;
