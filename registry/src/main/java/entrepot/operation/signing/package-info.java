/// Operations on signatures that the registry makes, and what decides which are made.
@NullMarked
package entrepot.operation.signing;

import org.jspecify.annotations.NullMarked;
