/// The AWS JSON 1.1 protocol, whatever service speaks it.
@NullMarked
package entrepot.aws.json;

import org.jspecify.annotations.NullMarked;
