#!/usr/bin/env bash
# Amazon's credential helper under ECR's own host names, which a hosts file of a private mount namespace leads here.
# Nothing logs in, no endpoint is given. Needs root, TLS, and 127.0.0.1:443 to be free.
. "$(dirname "$0")/lib/steps.sh"
needs docker-credential-ecr-login unshare skopeo aws python3
[ $secure = true ] || { not_run "all of it" "it speaks TLS only"; close; }
lib=$(realpath "$(dirname "$0")/lib")
registry=$(aws ecr describe-registry --query registryId --output text).dkr.ecr.us-east-1.amazonaws.com
{ cat /etc/hosts; echo "127.0.0.1 $registry api.ecr.us-east-1.amazonaws.com"; } >"$work/hosts"
printf '{"credHelpers": {"%s": "ecr-login"}}\n' "$registry" >"$work/config.json"
no_proxy=$no_proxy,.amazonaws.com NO_PROXY=$no_proxy
export REGISTRY_AUTH_FILE=$work/config.json DOCKER_CONFIG=$work AWS_ECR_DISABLE_CACHE=true HOME=$work
named() { unshare -m sh -c 'mount --bind "$0" /etc/hosts && exec "$@"' "$work/hosts" timeout 60 "$@"; }
if ! named true 2>"$work/output"; then not_run "all of it" "no mount namespace here: $(head -n 1 "$work/output")"; close; fi
python3 "$lib/relay.py" 443 "$host" >"$work/relay" 2>&1 </dev/null &
relay=$!
trap 'kill "$relay" 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 50); do [ -s "$work/relay" ] && break; sleep 0.1; done
grep -qx ready "$work/relay" || { not_run "all of it" "127.0.0.1:443 is taken: $(tail -n 1 "$work/relay")"; close; }

client "ECR credential helper" "$(docker-credential-ecr-login version)"
unset AWS_ENDPOINT_URL
app=$registry/$space/app
get() { echo "https://$registry" | named docker-credential-ecr-login get | grep -q '"Username":"AWS"'; }
uri() { is "$app" named aws ecr create-repository --repository-name "$space/app" --query repository.repositoryUri --output text; }
push() { named skopeo copy --all --preserve-digests "oci:$IMAGES/index:v1" "docker://$app:v1"; }
pull() { named skopeo copy --all --preserve-digests "docker://$app:v1" "oci:$work/index:v1"; }
tags() { named skopeo list-tags "docker://$app" | grep -q '"v1"'; }
copy() { named skopeo copy --all "docker://$app:v1" "docker://$app:v2"; }
images() { named aws ecr describe-images --repository-name "$space/app" --image-ids imageTag=v2; }
step "login by the helper" get
step "the aws CLI makes a repository, named as in ECR" uri || close
step "push with skopeo" push
step "pull with skopeo" pull
step "list the tags with skopeo" tags
step "copy with skopeo" copy
step "DescribeImages knows the copy" images
if command -v crane >/dev/null; then
  step "pull with crane" named crane validate --remote "$app:v1"
else not_run "pull with crane" "crane is not installed"; fi
step "delete with skopeo" named skopeo delete "docker://$app:v2"
printf '{}\n' >"$work/config.json"
refused "pull without the helper" 'unauthorized|authentication required|no basic auth' named skopeo inspect "docker://$app:v1"
close
