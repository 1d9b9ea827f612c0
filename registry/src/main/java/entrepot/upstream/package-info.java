/// Other registries, as their client: manifests, blobs, tags and referrers over `/v2`, and ECR's login. What they say
/// is
/// bounded and checked before anybody sees it (docs/decisions/0044-upstream.md).
@NullMarked
package entrepot.upstream;

import org.jspecify.annotations.NullMarked;
