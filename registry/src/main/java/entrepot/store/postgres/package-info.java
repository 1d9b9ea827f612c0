/// The metadata in PostgreSQL, for any number of nodes.
@NullMarked
package entrepot.store.postgres;

import org.jspecify.annotations.NullMarked;
