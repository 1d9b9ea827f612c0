/// The metadata in one file of SQLite: its one writer, its readers, its sealed secrets.
@NullMarked
package entrepot.store.sqlite;

import org.jspecify.annotations.NullMarked;
