/// Operations on the rules of the pull-through cache, and what brings images from other registries by them.
@NullMarked
package entrepot.operation.cache;

import org.jspecify.annotations.NullMarked;
