/// The operations of ECR, and the one door to them.
@NullMarked
package entrepot.operation;

import org.jspecify.annotations.NullMarked;
