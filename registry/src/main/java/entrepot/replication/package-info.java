/// What is pushed to one registry and goes to others as well: each change is written down with it, and brought there
/// later. docs/decisions/0042-replication.md has the order.
@NullMarked
package entrepot.replication;

import org.jspecify.annotations.NullMarked;
