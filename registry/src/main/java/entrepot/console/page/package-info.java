/// The console's pages: what each asks of the operations, and what its template is given of the answers.
@NullMarked
package entrepot.console.page;

import org.jspecify.annotations.NullMarked;
