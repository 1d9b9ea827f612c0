/// Operations on repositories.
@NullMarked
package entrepot.operation.repository;

import org.jspecify.annotations.NullMarked;
