/// Brings a scanner's database from a registry: this one, or another.
@NullMarked
package entrepot.scan.database;

import org.jspecify.annotations.NullMarked;
