#!/usr/bin/env bash
# Clients of a server of its own with `anonymous-pull` and `basic-access-keys`: access keys as passwords, pulls without
# a login, and skopeo.sh, podman.sh and docker.sh once more, since each is challenged for a bearer token there.
own=$(mktemp -d)
cd "$(dirname "$0")" || exit 1
trap 'rm -rf "$own"' EXIT
# the URL of the other server is no key of this one's configuration
env -u ENTREPOT_URL ENTREPOT_ANONYMOUS_PULL=true ENTREPOT_BASIC_ACCESS_KEYS=true ENTREPOT_AUDIT="$own/audit.json" \
  ENTREPOT_DRAIN=0 ../entrepot serve --data "$own/data" --port 0 >"$own/out" 2>"$own/log" </dev/null &
server=$!
for _ in $(seq 240); do
  ENTREPOT_URL=$(sed -n 's/^listening on //p' "$own/out")
  [ -z "$ENTREPOT_URL" ] && kill -0 "$server" 2>/dev/null || break
  sleep 0.5
done
export ENTREPOT_URL AWS_SHARED_CREDENTIALS_FILE=$own/data/credentials
. lib/steps.sh
trap 'kill "$server"; wait "$server"; rm -rf "$own" "$work"' EXIT
needs curl skopeo aws
export REGISTRY_AUTH_FILE=$work/auth.json

key_id() { sed -n 's/^aws_access_key_id *= *//p' "$AWS_SHARED_CREDENTIALS_FILE"; }
key_secret() { sed -n 's/^aws_secret_access_key *= *//p' "$AWS_SHARED_CREDENTIALS_FILE"; }
challenge() { curl -s -D - -o /dev/null "$ENTREPOT_URL/v2/" | grep -i "^www-authenticate: Bearer realm=\"http://localhost:${host#*:}/v2/token\""; }
login() { key_secret | skopeo login --tls-verify=false -u "$(key_id)" --password-stdin "$host"; }
push() { skopeo copy --preserve-digests --dest-tls-verify=false "oci:$IMAGES/single:v1" "docker://$host/$space/app:v1"; }
pull() { skopeo copy --src-tls-verify=false "docker://$host/$space/app:v1" "oci:$work/app:v1"; }
anonymous() { skopeo copy --src-no-creds --src-tls-verify=false "docker://$host/$space/app:v1" "oci:$work/open:v1"; }
change() { skopeo delete --no-creds --tls-verify=false "docker://$host/$space/app:v1"; }
kept() { grep -q '"eventName":"PutImage"' "$own/audit.json" && ! grep -qF "$(key_secret)" "$own/audit.json"; }

create app
step "the challenge leads to tokens" challenge
refused "login with a key's wrong secret" 'unauthorized|denied|invalid|401' \
  skopeo login --tls-verify=false --authfile "$work/none.json" -u "$(key_id)" -p wrong "$host"
step "login with an access key" login
step "push with it" push
step "pull with it" pull
refused "pull without a login of what is not open to all" 'unauthorized|authentication required|denied' \
  skopeo inspect --no-creds --tls-verify=false "docker://$host/$space/app:v1"
step "take a policy that opens it to all" open_to_all app
step "pull without a login" anonymous
refused "delete without a login" 'unauthorized|authentication required|denied' change
step "the audit has the push and no secret" kept
mkdir "$own/images" # without the one of 500 MB, which has gone once
for image in "$IMAGES"/*; do [ "${image##*/}" = big ] || ln -s "$image" "$own/images"; done
for client in skopeo.sh podman.sh docker.sh; do
  if ANONYMOUS=1 BIG=0 IMAGES=$own/images "./$client" >"$work/client" 2>&1; then pass "$client through bearer tokens"; else failed=$((failed + 1)); fi
  grep -E '^(FAIL|NOT RUN)' "$work/client" | grep -vE 'push big|500 MB'
done
close
