/// Operations on lifecycle policies, and what they do when they run.
@NullMarked
package entrepot.operation.lifecycle;

import org.jspecify.annotations.NullMarked;
