/// Surface: the OCI distribution specification under `/v2`.
@NullMarked
package entrepot.oci;

import org.jspecify.annotations.NullMarked;
