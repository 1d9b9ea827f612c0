/// HTTP as everything else sees it: requests, answers, routes, ranges, limits. Knows neither ECR nor OCI.
@NullMarked
package entrepot.http;

import org.jspecify.annotations.NullMarked;
