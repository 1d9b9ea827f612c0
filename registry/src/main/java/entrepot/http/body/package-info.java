/// Bodies on their way: bounded, hashed, kept in memory or in files.
@NullMarked
package entrepot.http.body;

import org.jspecify.annotations.NullMarked;
