/// Asks what calls itself an ECR what AWS's model and its public behaviour say of it, and tells what differs.
@NullMarked
package entrepot.probe;

import org.jspecify.annotations.NullMarked;
