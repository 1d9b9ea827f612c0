/// Every decision as a line, in CloudTrail's shape.
@NullMarked
package entrepot.audit;

import org.jspecify.annotations.NullMarked;
