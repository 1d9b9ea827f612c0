/// Values that cannot be wrong, and rules that are pure functions. Imports the JDK only.
@NullMarked
package entrepot.domain;

import org.jspecify.annotations.NullMarked;
