/// The way to the running server for whoever owns its data folder.
@NullMarked
package entrepot.admin;

import org.jspecify.annotations.NullMarked;
