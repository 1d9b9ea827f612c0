/// Programs that look for vulnerabilities, run as processes of their own; what they say is data to be checked.
@NullMarked
package entrepot.scanner;

import org.jspecify.annotations.NullMarked;
