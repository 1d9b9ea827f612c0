/// What the registry is told before it starts: the file, the environment, the command line.
@NullMarked
package entrepot.config;

import org.jspecify.annotations.NullMarked;
