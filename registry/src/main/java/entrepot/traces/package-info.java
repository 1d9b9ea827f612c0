/// What a collector of traces is told. No other package names OpenTelemetry.
@NullMarked
package entrepot.traces;

import org.jspecify.annotations.NullMarked;
