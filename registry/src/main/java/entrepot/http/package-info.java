/// The HTTP server itself: routing, bodies as streams, ranges, limits. Knows neither ECR nor OCI.
@NullMarked
package entrepot.http;

import org.jspecify.annotations.NullMarked;
