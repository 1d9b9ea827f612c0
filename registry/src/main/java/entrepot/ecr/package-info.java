/// Surface: ECR's JSON 1.1 API.
@NullMarked
package entrepot.ecr;

import org.jspecify.annotations.NullMarked;
