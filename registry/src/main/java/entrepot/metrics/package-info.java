/// What Prometheus is told. No other package names Micrometer.
@NullMarked
package entrepot.metrics;

import org.jspecify.annotations.NullMarked;
