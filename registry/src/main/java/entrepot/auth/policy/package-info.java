/// IAM's policy documents and what they decide: pure functions of documents and a request, after AWS's "IAM JSON
/// policy reference". Where AWS is silent: docs/decisions/0016.
@NullMarked
package entrepot.auth.policy;

import org.jspecify.annotations.NullMarked;
