/// ECR's own words in its JSON API.
@NullMarked
package entrepot.ecr;

import org.jspecify.annotations.NullMarked;
