/// What AWS's APIs have in common, whatever their protocols.
@NullMarked
package entrepot.aws;

import org.jspecify.annotations.NullMarked;
