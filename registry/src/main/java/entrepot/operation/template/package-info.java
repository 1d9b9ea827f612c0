/// Operations on creation templates, which say how repositories are made that nobody makes by CreateRepository.
@NullMarked
package entrepot.operation.template;

import org.jspecify.annotations.NullMarked;
