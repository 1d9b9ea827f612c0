/// The console at `/console/`: who signs in, and what is around every page. The pages themselves are in
/// `console.page`, their templates in `src/main/jte`.
@NullMarked
package entrepot.console;

import org.jspecify.annotations.NullMarked;
