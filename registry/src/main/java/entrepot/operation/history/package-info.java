/// What happened to images, and what was deleted and is had back.
@NullMarked
package entrepot.operation.history;

import org.jspecify.annotations.NullMarked;
