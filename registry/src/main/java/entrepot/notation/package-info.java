/// Signatures of the Notary Project: the keys that make them, and what they are as images.
@NullMarked
package entrepot.notation;

import org.jspecify.annotations.NullMarked;
