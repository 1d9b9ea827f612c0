/// Metadata over JDBC.
@NullMarked
package entrepot.store.sql;

import org.jspecify.annotations.NullMarked;
