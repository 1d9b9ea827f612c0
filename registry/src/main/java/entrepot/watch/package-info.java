/// Who is told of work while it is done: metrics, traces, or nobody.
@NullMarked
package entrepot.watch;

import org.jspecify.annotations.NullMarked;
