/// What AWS's API models say of names, shapes and bounds.
@NullMarked
package entrepot.aws.model;

import org.jspecify.annotations.NullMarked;
