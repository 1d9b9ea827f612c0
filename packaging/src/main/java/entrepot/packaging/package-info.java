/// Makes packages of what `./package` has laid out. No part of the product.
@NullMarked
package entrepot.packaging;

import org.jspecify.annotations.NullMarked;
