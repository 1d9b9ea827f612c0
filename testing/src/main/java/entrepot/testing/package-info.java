/// For tests against ECR: a registry of their own, which is gone when they are.
@NullMarked
package entrepot.testing;

import org.jspecify.annotations.NullMarked;
