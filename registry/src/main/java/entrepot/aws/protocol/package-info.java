/// What AWS's protocols do alike, whatever their syntax: proof, records of members, constraints, refusals.
@NullMarked
package entrepot.aws.protocol;

import org.jspecify.annotations.NullMarked;
