/// What happens to images, told to others: each change is written down with it, and delivered later.
@NullMarked
package entrepot.event;

import org.jspecify.annotations.NullMarked;
