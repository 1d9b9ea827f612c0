/// The metadata in one file of SQLite: its one writer and its readers.
@NullMarked
package entrepot.store.sqlite;

import org.jspecify.annotations.NullMarked;
