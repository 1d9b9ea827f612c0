/// IAM and STS in AWS's Query protocol: forms in, XML out.
@NullMarked
package entrepot.iam;

import org.jspecify.annotations.NullMarked;
