/// Surface: time. What runs by itself.
@NullMarked
package entrepot.job;

import org.jspecify.annotations.NullMarked;
