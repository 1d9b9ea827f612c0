# Sourced by cosign.sh and cosign3.sh, which set $program. Keys are local, nothing is logged: no network is needed.
needs "$program" aws skopeo python3
client "$script" "$("$program" version 2>&1 | sed -n 's/^GitVersion: *//p')"
export DOCKER_CONFIG=$work/login COSIGN_PASSWORD=secret COSIGN_YES=true COSIGN_EXPERIMENTAL=1 TUF_ROOT=$work/tuf
digest=$(digest_of "$IMAGES/single")
plain=(); [ $secure = true ] || plain=(--allow-http-registry)
mkdir "$work/login" && cd "$work" || exit 1
echo '{"found": 0}' >predicate

co() { timeout 120 "$program" "$1" ${plain[@]+"${plain[@]}"} "${@:2}"; }
login() { # cosign has no way to log in but this file
  python3 -c 'import base64, json, sys
auth = base64.b64encode(("AWS:" + sys.stdin.read().strip()).encode()).decode()
json.dump({"auths": {sys.argv[1]: {"auth": auth}}}, open(sys.argv[2], "w"))' "$host" "$DOCKER_CONFIG/config.json" < <(password)
}
keys() { "$program" generate-key-pair --output-key-prefix "$1"; }
put() { skopeo copy -q --authfile "$DOCKER_CONFIG/config.json" --preserve-digests --dest-tls-verify=$secure \
  "oci:$IMAGES/single:v1" "docker://$host/$space/$1:v1"; }
