/// Snapshots of a registry, taken while it is served, in a place of their own, and the way back.
@NullMarked
package entrepot.backup;

import org.jspecify.annotations.NullMarked;
