/// The command line: arguments to a call.
@NullMarked
package entrepot.cli;

import org.jspecify.annotations.NullMarked;
